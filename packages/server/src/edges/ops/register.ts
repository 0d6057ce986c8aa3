import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type HealthSource, serveHealth } from './health.ts'
import type { Metrics } from './metrics.ts'
import { type Gauge, serveMetrics } from './metrics-page.ts'
import { serveWebApp } from './web-app.ts'

export interface OpsPorts {
  readonly health: HealthSource
  readonly metrics: Metrics
  readonly gauges: readonly Gauge[]
  /** Rejects unless the request carries a session of the owner. */
  readonly requireOwner: (request: FastifyRequest) => Promise<void>
  /** Folder of the built web app. */
  readonly webFolder: string
}

/** What runs beside the dialects: health, metrics, the web app. */
export function registerOps(app: FastifyInstance, ports: OpsPorts): void {
  serveHealth(app, ports.health)
  serveMetrics(app, ports.metrics, ports.gauges, ports.requireOwner)
  serveWebApp(app, ports.webFolder)
}
