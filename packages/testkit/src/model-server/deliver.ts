/** Puts a reply on the wire: pace, gates, stalls and resets. */
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { anthropicEvents } from './anthropic-events.ts'
import { completionBody, completionChunks } from './completion-chunks.ts'
import { googleChunks } from './google-chunks.ts'
import type { Completion, Delivery, Reply } from './reply.ts'
import type { RecordedRequest } from './request.ts'

/** Resolves when the reply is out, or the client is gone. `closed` aborts when either side closes the socket. */
export async function deliver(
  reply: Reply,
  request: RecordedRequest,
  response: ServerResponse,
  closed: AbortSignal,
): Promise<void> {
  switch (reply.kind) {
    case 'silence':
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'http': {
      await pause(reply.firstByteMs, closed)
      const isText = typeof reply.body === 'string'
      response.writeHead(reply.status, {
        'content-type': isText ? 'text/plain' : 'application/json',
        ...reply.headers,
      })
      response.end(isText ? reply.body : JSON.stringify(reply.body))
      return
    }
    case 'raw':
      await stream(reply.chunks, reply, response, closed)
      return
    case 'completion':
      await complete(reply, request, response, closed)
  }
}

async function complete(
  reply: Completion,
  request: RecordedRequest,
  response: ServerResponse,
  closed: AbortSignal,
): Promise<void> {
  const model = request.chat?.model ?? ''
  if (request.path.endsWith('/messages')) {
    const events = anthropicEvents(reply, model)
    await stream(
      events.map(({ event, data }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      reply,
      response,
      closed,
    )
  } else if (request.path.includes(':streamGenerateContent')) {
    await stream(googleChunks(reply).map(dataLine), reply, response, closed)
  } else if (request.chat?.stream !== true) {
    await pause(reply.firstByteMs, closed)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(completionBody(reply, model)))
  } else {
    const lines = completionChunks(reply, model).map(dataLine)
    if (!reply.omitDone) lines.push('data: [DONE]\n\n')
    await stream(lines, reply, response, closed)
  }
}

function dataLine(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

async function stream(
  chunks: readonly string[],
  delivery: Delivery,
  response: ServerResponse,
  closed: AbortSignal,
): Promise<void> {
  await pause(delivery.firstByteMs, closed)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
  for (const [position, chunk] of chunks.entries()) {
    if (closed.aborted) return
    if (delivery.gate !== undefined && position === (delivery.gateAfter ?? 1)) {
      await Promise.race([delivery.gate.opened, aborted(closed)])
    }
    if (position === delivery.resetAfter) {
      // Lets the bytes so far reach the peer: a reset discards what is still in flight.
      await delay(20)
      response.socket?.resetAndDestroy()
      return
    }
    if (position === delivery.stallAfter) return
    if (position > 0) await pause(delivery.paceMs, closed)
    await write(response, chunk, delivery.byteSize)
  }
  if (!closed.aborted) response.end()
}

async function write(response: ServerResponse, chunk: string, byteSize: number | undefined): Promise<void> {
  if (byteSize === undefined) {
    response.write(chunk)
    return
  }
  const bytes = Buffer.from(chunk)
  for (let i = 0; i < bytes.length; i += byteSize) {
    response.write(bytes.subarray(i, i + byteSize))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function pause(milliseconds: number | undefined, closed: AbortSignal): Promise<void> {
  if (milliseconds === undefined) return
  await delay(milliseconds, undefined, { signal: closed }).catch(() => {})
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
