/** A person (or script) using the Workspace over HTTP: cookie jar, typed calls, every reply checked against its schema. */
import type { HttpMethod, Route } from '@parley/protocol/shared'
import {
  type Agent,
  type Attachment,
  attachmentSchema,
  type Channel,
  createChannel,
  getChannel,
  listAgents,
  listChannels,
  listMessages,
  login,
  type Message,
  me,
  type Person,
  postMessage,
} from '@parley/protocol/workspace'
import { CookieJar } from './cookie-jar.ts'
import { HttpFailure, readReply, type WorkspaceReply } from './http-reply.ts'
import { type RouteInput, routeUrl, type Schema } from './route-call.ts'
import { WorkspaceSocket, type WorkspaceSocketOptions } from './socket.ts'

export interface RequestOptions {
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is; wins over `body`. */
  readonly rawBody?: string | Uint8Array<ArrayBuffer> | FormData
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

type GroupOptions = Partial<Omit<NonNullable<(typeof createChannel)['body']>['_input'], 'type'>>
type SayOptions = Partial<Omit<NonNullable<(typeof postMessage)['body']>['_input'], 'channelId' | 'content'>>
type PageOptions = Partial<Omit<NonNullable<(typeof listMessages)['query']>['_input'], 'channelId' | 'limit'>> & {
  readonly limit?: number
}

export class WorkspaceClient {
  readonly baseUrl: string
  readonly cookies = new CookieJar()

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl.replace(/\/$/, '')
  }

  /** The session token of the cookie; undefined before login. */
  get token(): string | undefined {
    return this.cookies.get('session')
  }

  /** Any request, whatever its outcome. Takes over cookies of the reply. */
  async request(
    method: HttpMethod | 'PATCH' | 'OPTIONS' | 'HEAD',
    path: string,
    options: RequestOptions = {},
  ): Promise<WorkspaceReply> {
    const cookie = this.cookies.header()
    const headers: Record<string, string> = { ...(cookie === undefined ? {} : { cookie }) }
    let body: RequestOptions['rawBody'] | undefined
    if (options.rawBody !== undefined) body = options.rawBody
    else if (options.body !== undefined) {
      headers['content-type'] = 'application/json'
      body = JSON.stringify(options.body)
    }
    const response = await fetch(this.baseUrl + path, {
      method,
      headers: { ...headers, ...options.headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    this.cookies.take(response.headers.getSetCookie())
    return readReply(response)
  }

  /** Calls a declared route and returns its checked reply. Throws {@link HttpFailure} for any status but 200. */
  async call<P extends Schema, Q extends Schema, B extends Schema, R extends Schema>(
    route: Route<P, Q, B, R>,
    input: RouteInput<P, Q, B>,
  ): Promise<R['_output']> {
    const reply = await this.attempt(route, input)
    if (reply.status !== 200) throw new HttpFailure(`${route.method} ${route.path}`, reply)
    const checked = route.reply.safeParse(reply.json)
    if (checked.success) return checked.data
    throw new Error(`${route.method} ${route.path} broke its contract: ${checked.error.message}\n${reply.text}`)
  }

  /** Calls a declared route; the caller judges the status. */
  attempt<P extends Schema, Q extends Schema, B extends Schema, R extends Schema>(
    route: Route<P, Q, B, R>,
    input: RouteInput<P, Q, B>,
  ): Promise<WorkspaceReply> {
    const { params, query, body } = input as { params?: unknown; query?: unknown; body?: unknown }
    return this.request(route.method, routeUrl(route as unknown as Route, params, query), {
      ...(body === undefined ? {} : { body }),
    })
  }

  async login(password: string): Promise<this> {
    await this.call(login, { body: { password } })
    return this
  }

  async me(): Promise<Person> {
    return (await this.call(me, {})).user
  }

  async agents(): Promise<readonly Agent[]> {
    return (await this.call(listAgents, {})).agents
  }

  async channels(): Promise<readonly Channel[]> {
    return (await this.call(listChannels, {})).channels
  }

  async channel(id: string): Promise<Channel> {
    return (await this.call(getChannel, { params: { id } })).channel
  }

  async group(options: GroupOptions = {}): Promise<Channel> {
    return (await this.call(createChannel, { body: { name: 'Room', ...options, type: 'group' } })).channel
  }

  /** The direct chat with one agent or one person. */
  async dm(other: { readonly agentId: string } | { readonly userId: string }): Promise<Channel> {
    const members = 'agentId' in other ? { agentIds: [other.agentId] } : { userIds: [other.userId] }
    return (await this.call(createChannel, { body: { type: 'dm', ...members } })).channel
  }

  /** Posts a message; returns its id and position. */
  say(channelId: string, content: string, options: SayOptions = {}): Promise<{ id: string; ok: true; seq: number }> {
    return this.call(postMessage, { body: { channelId, content, ...options } })
  }

  page(channelId: string, query: PageOptions = {}): Promise<(typeof listMessages)['reply']['_output']> {
    return this.call(listMessages, { query: { channelId, ...query } })
  }

  /** The whole history of a channel, ascending, read page by page. */
  async history(channelId: string): Promise<Message[]> {
    const all: Message[] = []
    let before: string | undefined
    for (;;) {
      const page = await this.page(channelId, { limit: 100, ...(before === undefined ? {} : { before }) })
      all.unshift(...page.messages)
      before = page.messages[0]?.id
      if (!page.hasMore || before === undefined) return all
    }
  }

  async upload(name: string, bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<Attachment> {
    const reply = await this.tryUpload(name, bytes, mime)
    if (reply.status !== 200) throw new HttpFailure('POST /api/upload', reply)
    return attachmentSchema.parse(reply.json)
  }

  tryUpload(name: string, bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<WorkspaceReply> {
    const form = new FormData()
    form.set('file', new File([bytes], name, { type: mime }))
    return this.request('POST', '/api/upload', { rawBody: form })
  }

  /** Opens `/ws` with this client's cookie. */
  socket(options: Partial<WorkspaceSocketOptions> = {}): Promise<WorkspaceSocket> {
    const cookie = this.cookies.header()
    return WorkspaceSocket.open({ baseUrl: this.baseUrl, ...(cookie === undefined ? {} : { cookie }), ...options })
  }

  /** A socket that is authenticated and subscribed. */
  async listen(...channelIds: readonly string[]): Promise<WorkspaceSocket> {
    const socket = await this.socket()
    await socket.auth()
    for (const id of channelIds) await socket.subscribe(id)
    return socket
  }
}
