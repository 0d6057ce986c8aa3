/** `/api/openapi.json` and the page that makes it readable. Built on first use: most starts never need them. */

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Route } from '@parley/protocol/shared'
import type { FastifyInstance } from 'fastify'
import { unknownRoute } from '../../../hosts/http/error-replies.ts'
import { docsPage, docsScript } from './docs-page.ts'
import { type DocumentOptions, openApiDocument } from './document.ts'

const viewerFiles: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

/** Serves the description of `routes`. */
export function registerOpenApi(app: FastifyInstance, routes: readonly Route[], options: DocumentOptions): void {
  let document: string | undefined
  app.get('/api/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(routes, options), undefined, 2)
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(document)
  })
  app.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(docsPage(options.title)))
  app.get('/api/docs/start.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(docsScript),
  )
  app.get<{ Params: { file: string } }>('/api/docs/viewer/:file', async (request, reply) => {
    const type = viewerFiles[request.params.file]
    if (type === undefined) throw unknownRoute(request)
    const folder = dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json'))
    const bytes = await readFile(join(folder, 'static', request.params.file))
    return reply.type(type).header('cache-control', 'public, max-age=86400').send(bytes)
  })
}
