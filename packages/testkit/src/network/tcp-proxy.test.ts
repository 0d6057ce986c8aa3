import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../until.ts'
import { TcpProxy } from './tcp-proxy.ts'

let upstream: Server
let accepted: Socket[]
let proxy: TcpProxy

beforeEach(async () => {
  accepted = []
  upstream = createServer((socket) => {
    accepted.push(socket)
    socket.on('error', () => {})
    socket.on('data', (data) => socket.write(`<${data}>`))
  })
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  proxy = await TcpProxy.start((upstream.address() as AddressInfo).port)
})
afterEach(async () => {
  await proxy[Symbol.asyncDispose]()
  for (const socket of accepted) socket.destroy()
  upstream.close()
})

function client(): { socket: Socket; text: () => string; closed: () => boolean } {
  const socket = connect(proxy.port, '127.0.0.1')
  let text = ''
  let closed = false
  socket.on('error', () => {})
  socket.on('data', (data) => {
    text += data
  })
  socket.on('close', () => {
    closed = true
  })
  return { socket, text: () => text, closed: () => closed }
}

test('passes bytes both ways', async () => {
  const { socket, text } = client()
  socket.write('hello')
  await until(() => text() !== '', 'the echo')
  expect(text()).toBe('<hello>')
})

test('a stalled line delivers nothing until it passes again', async () => {
  const { socket, text } = client()
  socket.write('a')
  await until(() => text() === '<a>', 'the first echo')
  proxy.mode('stall')
  socket.write('b')
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(text()).toBe('<a>')
  proxy.mode('pass')
  await until(() => text() === '<a><b>', 'the held echo')
})

test('a cut ends both sides; a refusing line resets newcomers', async () => {
  const first = client()
  first.socket.write('x')
  await until(() => first.text() === '<x>', 'the echo')
  proxy.cut()
  await until(() => first.closed() && accepted[0]?.closed, 'both ends')
  proxy.mode('refuse')
  const second = client()
  await until(() => second.closed(), 'the reset')
  expect([second.text(), proxy.open]).toEqual(['', 0])
})

test('losing upstream leaves the client unaware', async () => {
  const { socket, text, closed } = client()
  socket.write('x')
  await until(() => text() === '<x>', 'the echo')
  proxy.loseUpstream()
  await until(() => accepted[0]?.closed, 'the upstream end')
  expect(closed()).toBe(false)
})

test('cuts after a number of bytes', async () => {
  const { socket, text, closed } = client()
  proxy.cutAfter(4)
  socket.write('abcdef')
  await until(() => closed(), 'the cut')
  expect('<abcdef>'.startsWith(text())).toBe(true)
  expect(text().length).toBeLessThanOrEqual(4)
})
