import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { silentLogger } from '@parley/base'
import { afterEach, expect, test } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import type { Connection } from './connection.ts'
import type { Dialect } from './dialect.ts'
import { WsHost } from './host.ts'
import { defaultSocketLimits, type SocketLimits } from './limits.ts'
import { textFrame } from './text-frame.ts'

/** A dialect that says its name and repeats what it hears. */
class Parrot implements Dialect {
  readonly name: string
  readonly openingTypes: ReadonlySet<string>
  readonly connections: Connection[] = []
  drained = 0
  closed = 0

  constructor(name: string, types: readonly string[]) {
    this.name = name
    this.openingTypes = new Set(types)
  }

  open(connection: Connection) {
    this.connections.push(connection)
    connection.send(textFrame(this.name))
    return {
      receive: (text: string) => connection.send(textFrame(text)),
      drained: () => void this.drained++,
      closed: () => void this.closed++,
    }
  }
}

interface Running {
  readonly host: WsHost
  readonly parrots: readonly [Parrot, Parrot]
  connect(options?: ClientOptions, path?: string): WebSocket
}

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(limits: Partial<SocketLimits> = {}): Promise<Running> {
  const parrots = [new Parrot('first', ['auth']), new Parrot('second', ['online'])] as const
  const host = new WsHost({
    path: '/ws',
    logger: silentLogger,
    limits: { ...defaultSocketLimits, ...limits },
    publicUrl: undefined,
    describe: (request) => ({ address: request.socket.remoteAddress ?? '', userAgent: '', sessionToken: undefined }),
    dialects: parrots,
  })
  const server: Server = createServer()
  host.attach(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  stops.push(async () => {
    await host.close(0)
    server.close()
  })
  return {
    host,
    parrots,
    connect: (options, path = '/ws') =>
      new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false, ...options }),
  }
}

async function opened(socket: WebSocket): Promise<WebSocket> {
  await once(socket, 'open')
  return socket
}

async function heard(socket: WebSocket): Promise<string> {
  const [data] = (await once(socket, 'message')) as [Buffer]
  return data.toString()
}

/** Status and headers of a refused upgrade. */
async function refusal(socket: WebSocket): Promise<{ status: number; retryAfter: string | undefined; error: string }> {
  socket.on('error', () => {})
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, import('node:http').IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const { error } = JSON.parse(Buffer.concat(chunks).toString()) as { error: string }
  return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], error }
}

test('upgrades elsewhere, from another site and beyond the limit are refused with a reason', async () => {
  const { connect } = await start({ perAddress: 1 })
  expect(await refusal(connect({}, '/elsewhere'))).toMatchObject({ status: 404 })
  expect(await refusal(connect({ origin: 'https://evil.example' }))).toMatchObject({ status: 403 })
  const only = await opened(connect())
  expect(await refusal(connect())).toMatchObject({ status: 429, retryAfter: '10' })
  only.terminate()
  await expect.poll(async () => (await opened(connect())).readyState).toBe(WebSocket.OPEN)
})

test('the first frame decides the dialect, unknown ones speak the first', async () => {
  const { connect } = await start()
  for (const [frame, name] of [
    ['{"type":"online"}', 'second'],
    ['{"type":"auth","token":"x"}', 'first'],
    ['{"type":"whatever"}', 'first'],
    ['not json', 'first'],
  ] as const) {
    const socket = await opened(connect())
    socket.send(frame)
    expect(await heard(socket)).toBe(name)
  }
})

test('a socket that says nothing gets the first dialect when its time is up', async () => {
  const { connect, parrots } = await start({ authDeadline: 50 })
  const socket = await opened(connect())
  expect(await heard(socket)).toBe('first')
  expect(parrots[0].connections[0]?.origin.address).toBe('127.0.0.1')
})

test('frames go out whole and in order, between those of the protocol itself', async () => {
  const { connect } = await start({ heartbeat: 5 })
  const socket = await opened(connect())
  const texts = Array.from({ length: 2_000 }, (_, i) => `${i} ${'ä'.repeat(i % 300)}`)
  const received: string[] = []
  socket.on('message', (data: Buffer) => received.push(data.toString()))
  for (const text of texts) socket.send(text)
  await expect.poll(() => received.length).toBe(texts.length + 1)
  expect(received).toEqual(['first', ...texts])
})

test('a socket that does not read is written to no further, and told when it has drained', async () => {
  const { connect, parrots } = await start({ highWater: 200_000 })
  const socket = await opened(connect())
  socket.send('hello')
  expect(await heard(socket)).toBe('first')
  const connection = parrots[0].connections[0] as Connection
  socket.pause()
  const frame = textFrame('x'.repeat(50_000))
  await expect
    .poll(() => {
      for (let i = 0; i < 50 && !connection.congested; i++) connection.send(frame)
      return connection.congested
    })
    .toBe(true)
  expect(parrots[0].drained).toBe(0)
  socket.resume()
  await expect.poll(() => parrots[0].drained).toBe(1)
  expect(connection.congested).toBe(false)
})

test('a peer that answers no ping is ended after two, one that answers stays', async () => {
  const { connect, host } = await start({ heartbeat: 60 })
  const dead = await opened(connect({ autoPong: false }))
  const alive = await opened(connect())
  await once(dead, 'close')
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(alive.readyState).toBe(WebSocket.OPEN)
  expect(host.size).toBe(1)
})

test('a frame that is too long ends the socket with 1009, nobody else', async () => {
  const { connect } = await start({ maxFrame: 1_000 })
  const [long, other] = [await opened(connect()), await opened(connect())]
  long.send('x'.repeat(1_001))
  expect((await once(long, 'close'))[0]).toBe(1009)
  other.send('still here')
  expect(await heard(other)).toBe('first')
})

test('at the end every socket is told 1012, new ones are refused, and those that do not answer are cut', async () => {
  const { connect, host, parrots } = await start()
  const polite = await opened(connect())
  const rude = await opened(connect())
  polite.send('{"type":"auth"}')
  await heard(polite)
  rude.pause()
  const closing = host.close(100)
  expect((await once(polite, 'close'))[0]).toBe(1012)
  expect(await refusal(connect())).toMatchObject({ status: 503, retryAfter: '2' })
  await closing
  expect(host.size).toBe(0)
  expect(parrots[0].closed).toBe(1)
  rude.terminate()
})
