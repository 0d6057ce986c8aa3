import { KeepAlive } from '../measure/keep-alive.ts'
import { LoadSocket } from '../measure/load-socket.ts'
import { percentile } from '../measure/percentile.ts'
import { residentMegabytes } from '../measure/process-tree.ts'
import type { Figures, Scenario } from '../measure/scenario.ts'
import { startServer } from '../measure/start-server.ts'

const MESSAGES = 100_000
const IN_FLIGHT = 512
const SAMPLES = 1_000
const WARM_UP = 100

/** One page of a long channel. */
export const history: Scenario = {
  name: 'history',
  summary: `GET /api/messages, limit 50, in a channel of ${MESSAGES} messages: the newest page, and pages before a random message`,
  reference: '0.34 ms',
  async run(): Promise<Figures> {
    await using server = await startServer()
    const owner = await server.parley.owner()
    const { id: channelId } = await owner.group()
    const cookie = `session=${owner.token}`
    const ids = await fill(server.parley.baseUrl, cookie, channelId)
    using http = new KeepAlive(server.parley.baseUrl, cookie, 1)
    const measure = async (path: () => string): Promise<number[]> => {
      const samples: number[] = []
      for (let i = 0; i < WARM_UP + SAMPLES; i++) {
        const target = path()
        const started = performance.now()
        const { status, text } = await http.get(target)
        if (i >= WARM_UP) samples.push(performance.now() - started)
        if (status !== 200 || text.length < 5_000) throw new Error(`GET ${target} answered ${status}`)
      }
      return samples
    }
    const newest = await measure(() => `/api/messages?channelId=${channelId}&limit=50`)
    const random = await measure(() => {
      const before = ids[100 + Math.floor(Math.random() * (ids.length - 100))]
      return `/api/messages?channelId=${channelId}&limit=50&before=${before}`
    })
    const list = await (async () => {
      const samples: number[] = []
      for (let i = 0; i < WARM_UP + SAMPLES; i++) {
        const started = performance.now()
        await http.get('/api/channels')
        if (i >= WARM_UP) samples.push(performance.now() - started)
      }
      return samples
    })()
    return {
      'newest p50 ms': percentile(newest, 0.5),
      'newest p95 ms': percentile(newest, 0.95),
      'before p50 ms': percentile(random, 0.5),
      'before p95 ms': percentile(random, 0.95),
      'channel list p50 ms': percentile(list, 0.5),
      'MB after filling': residentMegabytes(server.parley.pid),
    }
  },
}

/** Returns the ids in log order. */
async function fill(baseUrl: string, cookie: string, channelId: string): Promise<string[]> {
  using socket = await LoadSocket.open(baseUrl, cookie)
  const ids: string[] = []
  await new Promise<void>((resolve) => {
    let sent = 0
    const send = (): void => {
      socket.send(
        `{"type":"send","channelId":"${channelId}","content":"message ${sent} ${'x'.repeat(180)}","messageType":"text","ref":"${sent++}"}`,
      )
    }
    socket.onText = (text) => {
      const id = /"id":"(msg_\w+)"/.exec(text)?.[1]
      if (!text.startsWith('{"type":"sent"') || id === undefined) return
      ids.push(id)
      if (sent < MESSAGES) send()
      else if (ids.length === MESSAGES) resolve()
    }
    for (let i = 0; i < IN_FLIGHT; i++) send()
  })
  return ids
}
