/** Public entry: boot the whole server in a process of one's own. */
export { createServer, type RunningServer, type ServerOverrides, SHUTDOWN } from './compose.ts'
export {
  type Config,
  type ConfigSources,
  configErrors,
  type LoadedConfig,
  loadConfig,
  type Secrets,
  type SettingName,
  settingDeclarations,
  settingNames,
} from './config/index.ts'
export { listenErrors } from './hosts/http/listen-errors.ts'
export { findPortHolder, type PortHolder } from './hosts/http/port-holder.ts'
export { version } from './version.ts'
