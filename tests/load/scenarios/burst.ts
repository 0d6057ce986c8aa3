import { KeepAlive } from '../measure/keep-alive.ts'
import { LoadSocket } from '../measure/load-socket.ts'
import { percentile } from '../measure/percentile.ts'
import { cpuSeconds } from '../measure/process-tree.ts'
import type { Figures, Scenario } from '../measure/scenario.ts'
import { type LoadServer, startServer } from '../measure/start-server.ts'

const SOCKETS = 50
const IN_FLIGHT = 16
const SECONDS = 5
const TEXT = 'x'.repeat(200)

interface Outcome {
  readonly perSecond: number
  readonly latencies: readonly number[]
  readonly cpuPerThousand: number
}

/** Stored and acknowledged messages per second under full load. */
export const burst: Scenario = {
  name: 'burst',
  summary: `${SOCKETS} sockets × ${IN_FLIGHT} unacknowledged messages of 200 bytes for ${SECONDS} s: in 25 channels of two sockets, then all in one; then ${SOCKETS} HTTP connections`,
  reference: '2 300–2 800 stored messages/s; bare relay 45 000/s',
  async run(): Promise<Figures> {
    const pairs = await bySocket((i) => i >> 1)
    const room = await bySocket(() => 0)
    const http = await byHttp()
    return {
      'pairs messages/s': pairs.perSecond,
      'pairs p50 ms': percentile(pairs.latencies, 0.5),
      'pairs p99 ms': percentile(pairs.latencies, 0.99),
      'pairs CPU s/1000': pairs.cpuPerThousand,
      'one room messages/s': room.perSecond,
      'one room deliveries/s': room.perSecond * SOCKETS,
      'http messages/s': http.perSecond,
      'http p50 ms': percentile(http.latencies, 0.5),
      'http CPU s/1000': http.cpuPerThousand,
    }
  },
}

async function channels(server: LoadServer, count: number): Promise<{ cookie: string; ids: string[] }> {
  const owner = await server.parley.owner()
  const ids: string[] = []
  for (let i = 0; i < count; i++) ids.push((await owner.group()).id)
  return { cookie: `session=${owner.token}`, ids }
}

async function bySocket(channelOf: (socket: number) => number): Promise<Outcome> {
  await using server = await startServer()
  const { cookie, ids } = await channels(server, channelOf(SOCKETS - 1) + 1)
  const sockets = await Promise.all(
    Array.from({ length: SOCKETS }, () => LoadSocket.open(server.parley.baseUrl, cookie)),
  )
  let stored = 0
  let delivered = 0
  let stopping = false
  const latencies: number[] = []
  const finished = sockets.map(async (socket, i) => {
    const channelId = ids[channelOf(i)] as string
    await socket.subscribe(channelId)
    return () =>
      new Promise<void>((resolve) => {
        let next = 0
        let open = 0
        const sentAt = new Map<string, number>()
        const send = (): void => {
          const ref = String(next++)
          open++
          sentAt.set(ref, performance.now())
          socket.send(
            `{"type":"send","channelId":"${channelId}","content":"${TEXT}","messageType":"text","ref":"${ref}"}`,
          )
        }
        socket.onText = (text) => {
          if (text.startsWith('{"type":"message"')) delivered++
          if (!text.startsWith('{"type":"sent"')) return
          stored++
          open--
          const ref = /"ref":"(\d+)"/.exec(text)?.[1] ?? ''
          latencies.push(performance.now() - (sentAt.get(ref) ?? Number.NaN))
          sentAt.delete(ref)
          if (!stopping) send()
          else if (open === 0) resolve()
        }
        for (let k = 0; k < IN_FLIGHT; k++) send()
      })
  })
  const starters = await Promise.all(finished)
  const cpu = cpuSeconds(server.parley.pid)
  const started = performance.now()
  const runs = starters.map((start) => start())
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000))
  stopping = true
  await Promise.all(runs)
  const seconds = (performance.now() - started) / 1_000
  const spent = cpuSeconds(server.parley.pid) - cpu
  for (const socket of sockets) socket[Symbol.dispose]()
  if (delivered < stored) throw new Error(`Only ${delivered} of at least ${stored} messages were delivered`)
  return { perSecond: stored / seconds, latencies, cpuPerThousand: (spent / stored) * 1_000 }
}

async function byHttp(): Promise<Outcome> {
  await using server = await startServer()
  const { cookie, ids } = await channels(server, 25)
  using http = new KeepAlive(server.parley.baseUrl, cookie, SOCKETS)
  const latencies: number[] = []
  const cpu = cpuSeconds(server.parley.pid)
  const started = performance.now()
  const deadline = started + SECONDS * 1_000
  await Promise.all(
    Array.from({ length: SOCKETS }, async (_, i) => {
      const body = JSON.stringify({ channelId: ids[i >> 1], content: TEXT, type: 'text' })
      while (performance.now() < deadline) {
        const sent = performance.now()
        const reply = await http.post('/api/messages', body)
        if (reply.status !== 200) throw new Error(`POST /api/messages answered ${reply.status}: ${reply.text}`)
        latencies.push(performance.now() - sent)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1_000
  const spent = cpuSeconds(server.parley.pid) - cpu
  return { perSecond: latencies.length / seconds, latencies, cpuPerThousand: (spent / latencies.length) * 1_000 }
}
