/** A scripted model server: real HTTP on loopback, answers as data. Example: `model-server.test.ts`. */
export { contextOverflow, failures } from './failures.ts'
export { createGate, type Gate } from './gate.ts'
export type { Flavour, ListedModel } from './listings.ts'
export {
  type Completion,
  callTools,
  type Delivery,
  type HttpReply,
  http,
  type Reply,
  rawStream,
  refuse,
  reset,
  type ScriptedToolCall,
  say,
  silence,
} from './reply.ts'
export {
  type ChatBody,
  lastUserText,
  type RecordedRequest,
  textOf,
  type WireMessage,
  type WirePart,
} from './request.ts'
export { type ModelServer, type ModelServerOptions, type Rule, startModelServer } from './server.ts'
