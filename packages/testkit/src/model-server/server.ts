/** A real HTTP server on loopback that answers as the test says, in the dialects of OpenAI, LM Studio, Ollama, Anthropic and Google. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deliver } from './deliver.ts'
import { type Flavour, type ListedModel, listing } from './listings.ts'
import { type Reply, refuse, say } from './reply.ts'
import { lastUserText, type RecordedRequest, readBody } from './request.ts'

/** Answers a request, or passes it on to the next rule with undefined. */
export type Rule = (request: RecordedRequest) => Reply | undefined | Promise<Reply | undefined>

export interface ModelServerOptions {
  readonly flavour?: Flavour
  /** What the listings name; default one model, `test-model`. Requests are not checked against it. */
  readonly models?: readonly ListedModel[]
  /** When set, requests without this bearer key (or `x-api-key`, `x-goog-api-key`) get 401. */
  readonly apiKey?: string
  /** Answers requests no script or rule answered; default repeats the last user message. */
  readonly fallback?: (request: RecordedRequest) => Reply | Promise<Reply>
  /** Default: a free one. */
  readonly port?: number
}

export interface ModelServer extends AsyncDisposable {
  /** `http://127.0.0.1:{port}`, without `/v1`. */
  readonly url: string
  readonly port: number
  /** Every request, in order of arrival. */
  readonly requests: readonly RecordedRequest[]
  /** The requests for completions among them. */
  readonly completions: readonly RecordedRequest[]
  /** Scripts the next completion; several are used up in order, before any rule is asked. */
  reply(...replies: readonly Reply[]): void
  /** Adds a rule; the newest is asked first. Asked for completions and listings alike. */
  rule(rule: Rule): void
  /** Drops scripted replies and rules. */
  clear(): void
  /** Resolves with completion number `index` (0-based) once it has arrived. */
  completion(index: number): Promise<RecordedRequest>
  close(): Promise<void>
}

/** Starts the server; close it with `await using` or {@link ModelServer.close}. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const flavour = options.flavour ?? 'openai'
  const models = options.models ?? [{ id: 'test-model' }]
  const fallback = options.fallback ?? ((request) => say(`You said: ${lastUserText(request)}`))
  const requests: RecordedRequest[] = []
  const completions: RecordedRequest[] = []
  const waiting: { readonly index: number; resolve(request: RecordedRequest): void }[] = []
  let scripted: Reply[] = []
  let rules: Rule[] = []

  const choose = async (request: RecordedRequest): Promise<Reply> => {
    if (options.apiKey !== undefined && !hasKey(request, options.apiKey)) return refuse(401, 'Invalid API key.')
    const isCompletion = request.method === 'POST' && isCompletionPath(request.path)
    if (isCompletion) {
      completions.push(request)
      for (const waiter of waiting.filter((entry) => entry.index === completions.length - 1)) waiter.resolve(request)
      const next = scripted.shift()
      if (next !== undefined) return next
    }
    for (const rule of rules) {
      const reply = await rule(request)
      if (reply !== undefined) return reply
    }
    if (isCompletion) return fallback(request)
    const list = request.method === 'GET' ? listing(flavour, pathOnly(request.path), models) : undefined
    return list === undefined
      ? refuse(404, `Unexpected endpoint: ${request.path}`)
      : { kind: 'http', status: 200, body: list }
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const closed = new AbortController()
    const abandoned = Promise.withResolvers<void>()
    let isAbandoned = false
    response.on('close', () => {
      closed.abort()
      if (response.writableEnded) return
      isAbandoned = true
      abandoned.resolve()
    })
    const body = await readBody(incoming)
    const request: RecordedRequest = {
      index: requests.length,
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body,
      chat: body as RecordedRequest['chat'],
      abandoned: abandoned.promise,
      get isAbandoned() {
        return isAbandoned
      },
    }
    requests.push(request)
    await deliver(await choose(request), request, response, closed.signal)
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      // A rule that throws is a mistake in the test; say so where the client can see it.
      if (!response.headersSent) response.writeHead(599, { 'content-type': 'text/plain' })
      response.end(String(error))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo

  const close = async (): Promise<void> => {
    if (!server.listening) return
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    completions,
    reply: (...replies) => void scripted.push(...replies),
    rule: (rule) => void rules.unshift(rule),
    clear() {
      scripted = []
      rules = []
    },
    completion(index) {
      const arrived = completions[index]
      if (arrived !== undefined) return Promise.resolve(arrived)
      return new Promise((resolve) => waiting.push({ index, resolve }))
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function pathOnly(path: string): string {
  return path.split('?')[0] ?? ''
}

function isCompletionPath(path: string): boolean {
  const plain = pathOnly(path)
  return (
    plain.endsWith('/chat/completions') || plain.endsWith('/v1/messages') || plain.includes(':streamGenerateContent')
  )
}

function hasKey(request: RecordedRequest, key: string): boolean {
  const { authorization, 'x-api-key': anthropic, 'x-goog-api-key': google } = request.headers
  return authorization === `Bearer ${key}` || anthropic === key || google === key
}
