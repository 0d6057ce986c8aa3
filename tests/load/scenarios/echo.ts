import { KeepAlive } from '../measure/keep-alive.ts'
import { LoadSocket } from '../measure/load-socket.ts'
import { percentile } from '../measure/percentile.ts'
import type { Figures, Scenario } from '../measure/scenario.ts'
import { startServer } from '../measure/start-server.ts'

const WARM_UP = 300
const SAMPLES = 2_000
const TEXT = 'x'.repeat(200)

/** One person, one channel, one socket: from handing over a message to hearing it back, stored on disk in between. */
export const echo: Scenario = {
  name: 'echo',
  summary: `${SAMPLES} messages of 200 bytes, one after another; from sending to the own message frame`,
  reference: 'frame p50 0.46 ms',
  async run(): Promise<Figures> {
    await using server = await startServer()
    const owner = await server.parley.owner()
    const { id: channelId } = await owner.group()
    const cookie = `session=${owner.token}`
    using socket = await LoadSocket.open(server.parley.baseUrl, cookie)
    await socket.subscribe(channelId)
    using http = new KeepAlive(server.parley.baseUrl, cookie, 1)
    let heard = (): void => {}
    socket.onText = (text) => {
      if (text.startsWith('{"type":"message"')) heard()
    }
    const measure = async (send: (index: number) => void): Promise<number[]> => {
      const samples: number[] = []
      for (let i = 0; i < WARM_UP + SAMPLES; i++) {
        const started = performance.now()
        await new Promise<void>((resolve) => {
          heard = resolve
          send(i)
        })
        if (i >= WARM_UP) samples.push(performance.now() - started)
      }
      return samples
    }
    const frames = await measure((i) =>
      socket.send(JSON.stringify({ type: 'send', channelId, content: TEXT, messageType: 'text', ref: `${i}` })),
    )
    const body = JSON.stringify({ channelId, content: TEXT, type: 'text' })
    const posts = await measure(() => void http.post('/api/messages', body))
    return {
      'frame p50 ms': percentile(frames, 0.5),
      'frame p95 ms': percentile(frames, 0.95),
      'http p50 ms': percentile(posts, 0.5),
      'http p95 ms': percentile(posts, 0.95),
    }
  },
}
