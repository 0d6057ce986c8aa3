/** The Workspace dialect over HTTP: every route of the contract, uploads, the interface description. */
import type { FastifyInstance } from 'fastify'
import { version } from '../../version.ts'
import { registerOpenApi } from './openapi/register.ts'
import { registerRoutes } from './register-routes.ts'
import { bindRoutes, type WorkspaceUseCases } from './routes/index.ts'
import type { SessionCookie } from './session-cookie.ts'
import { serveUploads } from './uploads/serve.ts'

/** Adds everything under `/api` and `/uploads` to `app`. */
export async function registerWorkspace(
  app: FastifyInstance,
  useCases: WorkspaceUseCases,
  cookie: SessionCookie,
): Promise<void> {
  const bound = bindRoutes(useCases, cookie)
  await registerRoutes(app, bound, useCases.sessions)
  serveUploads(app, useCases.uploads, useCases.sessions)
  const multipart = new Set(bound.filter(({ bodyType }) => bodyType === 'multipart').map(({ route }) => route))
  registerOpenApi(
    app,
    bound.map(({ route }) => route),
    { title: 'Parley Workspace API', version, multipart },
  )
}
