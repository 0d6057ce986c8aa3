/**
 * Method and path of every Workspace route by its contract name. The contract's values carry schemas, which stay out of the bundle:
 * types come from it, and a test compares this table with it.
 */
import type * as workspace from '@parley/protocol/workspace'

type Contract = typeof workspace
type AnyRoute = { readonly method: string; readonly path: string; readonly reply: unknown }

/** Names of the contract's exports that are routes. */
export type RouteName = { [K in keyof Contract]: Contract[K] extends AnyRoute ? K : never }[keyof Contract]

export const routes = {
  login: ['POST', '/api/login'],
  logout: ['POST', '/api/logout'],
  me: ['GET', '/api/me'],
  listSessions: ['GET', '/api/sessions'],
  revokeSession: ['DELETE', '/api/sessions/:id'],
  listUsers: ['GET', '/api/users'],
  createUser: ['POST', '/api/users'],
  updateUser: ['PUT', '/api/users/:id'],
  deleteUser: ['DELETE', '/api/users/:id'],
  renewAccessKey: ['POST', '/api/users/:id/key'],
  listAgents: ['GET', '/api/agents'],
  createAgent: ['POST', '/api/agents'],
  getAgent: ['GET', '/api/agents/:id'],
  updateAgent: ['PUT', '/api/agents/:id'],
  deleteAgent: ['DELETE', '/api/agents/:id'],
  getSoul: ['GET', '/api/agents/:id/soul'],
  putSoul: ['PUT', '/api/agents/:id/soul'],
  listChannels: ['GET', '/api/channels'],
  createChannel: ['POST', '/api/channels'],
  getChannel: ['GET', '/api/channels/:id'],
  updateChannel: ['PUT', '/api/channels/:id'],
  deleteChannel: ['DELETE', '/api/channels/:id'],
  listMembers: ['GET', '/api/channels/:id/members'],
  addMembers: ['POST', '/api/channels/:id/members'],
  removeMember: ['DELETE', '/api/channels/:id/members/:memberId'],
  putChannelPreferences: ['PUT', '/api/channels/:id/preferences'],
  markRead: ['PUT', '/api/channels/:id/read'],
  listAnswers: ['GET', '/api/channels/:id/answers'],
  stopChannel: ['POST', '/api/channels/:id/stop'],
  listMessages: ['GET', '/api/messages'],
  postMessage: ['POST', '/api/messages'],
  editMessage: ['PUT', '/api/messages/:id'],
  deleteMessage: ['DELETE', '/api/messages/:id'],
  readAnswer: ['GET', '/api/messages/:id/stream'],
  stopAnswer: ['POST', '/api/messages/:id/stop'],
  retryAnswer: ['POST', '/api/messages/:id/retry'],
  upload: ['POST', '/api/upload'],
  getSettings: ['GET', '/api/settings'],
  updateSettings: ['PUT', '/api/settings'],
  testProvider: ['POST', '/api/settings/providers/test'],
  ragUpload: ['POST', '/api/rag/upload'],
  ragQuery: ['POST', '/api/rag/query'],
} as const satisfies Record<RouteName, readonly [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string]>

type Input<T> = T extends { readonly _input: infer I } ? I : undefined
type Output<T> = T extends { readonly _output: infer O } ? O : undefined
type Part<N extends RouteName, P extends string> = Contract[N] extends { readonly [K in P]?: infer T }
  ? Input<NonNullable<T>>
  : undefined
// A route without the part has an input of `unknown`.
type Field<K extends string, T> = unknown extends T
  ? unknown
  : [T] extends [undefined]
    ? unknown
    : undefined extends T
      ? { readonly [P in K]?: T }
      : { readonly [P in K]: T }

/** What a call of the route takes: `params`, `query` and `body` where the contract has them. */
export type RouteInput<N extends RouteName> = Field<'params', Part<N, 'params'>> &
  Field<'query', Part<N, 'query'>> &
  Field<'body', Part<N, 'body'>>

/** The 200 reply of the route. */
export type RouteReply<N extends RouteName> = Output<Contract[N]['reply']>
