import type { FastifyInstance } from 'fastify'

/** What a load balancer or a script may know without a session. */
export interface HealthSource {
  state(): 'starting' | 'ready' | 'draining'
  readonly version: string
}

/** `GET /health`: 200 while the server takes work, 503 before and after. */
export function serveHealth(app: FastifyInstance, health: HealthSource): void {
  app.get('/health', async (_request, reply) => {
    const state = health.state()
    return reply
      .code(state === 'ready' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: state, version: health.version })
  })
}
