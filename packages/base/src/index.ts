export { isAbort, sleep } from './abort.ts'
export { type BackoffPolicy, backoffDelay } from './backoff.ts'
export { type Clock, systemClock } from './clock.ts'
export {
  defineErrors,
  type ErrorDeclaration,
  type ErrorKind,
  hasCode,
  isParleyError,
  ParleyError,
  type ParleyErrorOptions,
  type RetryClass,
} from './errors.ts'
export {
  type AgentId,
  type ChannelId,
  createIdFactory,
  type IdFactory,
  type IdPrefix,
  type JobId,
  type MessageId,
  type UserId,
} from './ids.ts'
export { canonicalJson, type Json, type JsonLimits, jsonErrors, parseJson } from './json.ts'
export { KeyedQueue } from './keyed-queue.ts'
export { type LogFields, type Logger, silentLogger } from './logger.ts'
