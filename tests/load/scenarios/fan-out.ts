import { until } from '@parley/testkit'
import { LoadSocket } from '../measure/load-socket.ts'
import { percentile } from '../measure/percentile.ts'
import { cpuSeconds } from '../measure/process-tree.ts'
import type { Figures, Scenario } from '../measure/scenario.ts'
import { startServer } from '../measure/start-server.ts'

const SIZES = [10, 100, 500]
const PER_SECOND = 50
const SECONDS = 6
const WARM_UP = 50

/** One sender, N listeners in one channel: from sending to each arrival, stored first. */
export const fanOut: Scenario = {
  name: 'fan-out',
  summary: `${PER_SECOND} messages/s for ${SECONDS} s to ${SIZES.join(', ')} sockets of one channel; from sending to each arrival`,
  reference: '500 sockets p50 7.4 / p95 14.9 ms; bare relay p50 5.9 / p99 12.1 ms',
  async run(): Promise<Figures> {
    const figures: Record<string, number> = {}
    for (const size of SIZES) {
      const { samples, cores } = await measure(size)
      figures[`${size} p50 ms`] = percentile(samples, 0.5)
      figures[`${size} p95 ms`] = percentile(samples, 0.95)
      figures[`${size} p99 ms`] = percentile(samples, 0.99)
      figures[`${size} server cores`] = cores
    }
    return figures
  },
}

async function measure(size: number): Promise<{ samples: number[]; cores: number }> {
  await using server = await startServer()
  const owner = await server.parley.owner()
  const { id: channelId } = await owner.group()
  const cookie = `session=${owner.token}`
  const listeners: LoadSocket[] = []
  for (let i = 0; i < size; i += 50) {
    const batch = Array.from({ length: Math.min(50, size - i) }, () => LoadSocket.open(server.parley.baseUrl, cookie))
    listeners.push(...(await Promise.all(batch)))
  }
  for (const listener of listeners) await listener.subscribe(channelId)
  const sender = await LoadSocket.open(server.parley.baseUrl, cookie)
  const sentAt: number[] = []
  const samples: number[] = []
  let arrived = 0
  const hear = (text: string): void => {
    if (!text.startsWith('{"type":"message"')) return
    arrived++
    const at = text.indexOf('"content":"#')
    const index = Number.parseInt(text.slice(at + 12, at + 20), 10)
    if (index >= WARM_UP) samples.push(performance.now() - (sentAt[index] as number))
  }
  for (const listener of listeners) listener.onText = hear
  const total = WARM_UP + PER_SECOND * SECONDS
  const started = performance.now()
  let cpu = cpuSeconds(server.parley.pid)
  let measuredFrom = started
  for (let i = 0; i < total; i++) {
    const due = started + (i * 1_000) / PER_SECOND
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    if (i === WARM_UP) {
      cpu = cpuSeconds(server.parley.pid)
      measuredFrom = performance.now()
    }
    sentAt[i] = performance.now()
    sender.send(
      `{"type":"send","channelId":"${channelId}","content":"#${String(i).padStart(8, '0')}${'x'.repeat(190)}","messageType":"text","ref":"${i}"}`,
    )
  }
  await until(() => arrived === total * size, `${total * size} arrivals`, 10_000)
  const cores = (cpuSeconds(server.parley.pid) - cpu) / ((performance.now() - measuredFrom) / 1_000)
  for (const socket of [...listeners, sender]) socket[Symbol.dispose]()
  return { samples, cores }
}
