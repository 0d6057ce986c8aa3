/** What an administrator does to a data folder beside the server, running or not. Used by the command line. */
export { assertNotRestoring, backupTo, inspect, restoreFrom } from '@parley/infra/sqlite'
export { loadConfig } from './config/index.ts'
export { findPortHolder } from './hosts/http/port-holder.ts'
export { version } from './version.ts'
