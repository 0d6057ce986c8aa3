import { say, startModelServer } from '@parley/testkit'
import { LoadSocket } from '../measure/load-socket.ts'
import type { Figures, Scenario } from '../measure/scenario.ts'
import { startServer } from '../measure/start-server.ts'

const CLIENTS = 10
const TEXT = Array.from({ length: 1_100 }, (_, i) => `word${String(i).padStart(5, '0')} `)
  .join('')
  .slice(0, 10_245)
/** About one token. */
const CHUNK = 4

/** What one streamed answer of 10 kB costs each of ten clients in bytes. */
export const streaming: Scenario = {
  name: 'streaming',
  summary: `a 10 kB answer in pieces of ${CHUNK} characters to ${CLIENTS} clients: as fast as possible, and at about 100 pieces/s; all bytes after the question, WebSocket framing included`,
  reference: '10.25 MB per client; aim ≤ 1.5 × the text',
  async run(): Promise<Figures> {
    const fast = await measure(undefined)
    const slow = await measure(10)
    return {
      'fast bytes/client': fast.bytes,
      'fast × text': fast.bytes / TEXT.length,
      'fast frames': fast.frames,
      'slow bytes/client': slow.bytes,
      'slow × text': slow.bytes / TEXT.length,
      'slow frames': slow.frames,
      // The final message repeats the whole text once; without it only the pieces remain.
      'slow pieces × text': slow.pieces / TEXT.length,
    }
  },
}

async function measure(paceMs: number | undefined): Promise<{ bytes: number; frames: number; pieces: number }> {
  await using model = await startModelServer()
  await using server = await startServer({ OPENAI_BASE_URL: `${model.url}/v1`, PARLEY_DEFAULT_MODEL: 'test-model' })
  const owner = await server.parley.owner()
  const agentId = (await owner.agents())[0]?.id ?? ''
  const { id: channelId } = await owner.dm({ agentId })
  const cookie = `session=${owner.token}`
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, () => LoadSocket.open(server.parley.baseUrl, cookie)),
  )
  for (const client of clients) await client.subscribe(channelId)
  model.reply(say(TEXT, { chunkSize: CHUNK, ...(paceMs === undefined ? {} : { paceMs }) }))
  let frames = 0
  let pieces = 0
  let text = ''
  const first = clients[0] as LoadSocket
  first.onText = (frame) => {
    frames++
    if (!frame.startsWith('{"type":"stream_chunk"')) return
    pieces += frame.length
    text += (JSON.parse(frame) as { data: { content: string } }).data.content
  }
  const before = clients.map((client) => client.bytes)
  const done = clients.map((client) =>
    client.frame((frame) => frame.type === 'message' && frame.data.metadata.answer?.status === 'done', 120_000),
  )
  await owner.say(channelId, 'go')
  await Promise.all(done)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const spent = clients.map((client, i) => client.bytes - (before[i] ?? 0))
  for (const client of clients) client[Symbol.dispose]()
  if (text !== TEXT) throw new Error(`The streamed text has ${text.length} instead of ${TEXT.length} characters`)
  return { bytes: spent.reduce((a, b) => a + b, 0) / spent.length, frames, pieces }
}
