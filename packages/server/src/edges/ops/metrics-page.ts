/** `GET /metrics` in the Prometheus text format: for this machine, or for the owner. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Registry } from 'prom-client'
import type { Family, Metrics } from './metrics.ts'

/** Values read at the moment of a scrape. */
export interface Gauge {
  readonly name: string
  readonly help: string
  readonly read: () => number
}

export function serveMetrics(
  app: FastifyInstance,
  metrics: Metrics,
  gauges: readonly Gauge[],
  requireOwner: (request: FastifyRequest) => Promise<void>,
): void {
  let registry: Promise<Registry> | undefined
  app.get('/metrics', async (request, reply) => {
    if (!isLocal(request)) await requireOwner(request)
    registry ??= createRegistry(metrics.families, gauges)
    const ready = await registry
    return reply
      .type(ready.contentType)
      .header('cache-control', 'no-store')
      .send(await ready.metrics())
  })
}

/** A request of this machine itself; one that a proxy handed on is not. */
function isLocal(request: FastifyRequest): boolean {
  const direct = request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined
  return direct && /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '')
}

async function createRegistry(families: readonly Family[], gauges: readonly Gauge[]): Promise<Registry> {
  const prometheus = await import('prom-client')
  const registry = new prometheus.Registry()
  prometheus.collectDefaultMetrics({ register: registry })
  for (const { name, help, tally } of families) {
    new prometheus.Counter({
      name,
      help,
      labelNames: tally.labels,
      registers: [registry],
      collect() {
        this.reset()
        for (const { labels, value } of tally.entries()) this.inc(labels, value)
      },
    })
  }
  for (const { name, help, read } of gauges) {
    new prometheus.Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  }
  return registry
}
