/** Using the log: announcing what was stored, waiting for what comes, removing what is too old. */
export { announce } from './announcing-writer.ts'
export { Doorbell } from './doorbell.ts'
export { type RetentionPorts, type RetentionRule, trimLog } from './retention.ts'
export { DEFAULT_POLL_MS, type FollowOptions, followLog, type WaitPorts, waitForLog } from './wait.ts'
