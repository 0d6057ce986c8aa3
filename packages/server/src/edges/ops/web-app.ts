/** The web app at `/`, and at every path the app itself routes. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { unknownRoute } from '../../hosts/http/error-replies.ts'
import { type Encoding, readWebFiles, type WebFile, type WebFiles } from './web-files.ts'

/** Paths that belong to the server: an unknown one among them is an error, never a page. */
const serverPaths = /^\/(?:api|uploads|ws|health|metrics)(?:\/|$)/

/** Serves the app built into `folder`; a plain page says so when there is none. */
export function serveWebApp(app: FastifyInstance, folder: string): void {
  let files: WebFiles | undefined
  app.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request)
    const readable = request.method === 'GET' || request.method === 'HEAD'
    if (path === undefined || !readable || serverPaths.test(path)) throw unknownRoute(request)
    files ??= await readWebFiles(folder)
    if (files === undefined) return sendNotBuilt(reply)
    const file = files.get(path)
    if (file !== undefined && path !== '/index.html') return sendFile(request, reply, file)
    // A missing asset is an error; a missing page is a route of the app.
    if (/\.\w+$/.test(path) && path !== '/index.html') throw unknownRoute(request)
    return sendFile(request, reply, files.get('/index.html') as WebFile)
  })
}

function pathOf(request: FastifyRequest): string | undefined {
  try {
    return decodeURIComponent(request.url.split('?', 1)[0] as string)
  } catch {
    return undefined
  }
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: WebFile): Promise<FastifyReply> {
  const etag = await file.etag()
  reply
    .code(200)
    .header('etag', etag)
    .header('vary', 'accept-encoding')
    .header('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  const encoding = chooseEncoding(request.headers['accept-encoding'], file.encodings)
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.type(file.type).send(await file.bytes(encoding))
}

function chooseEncoding(header: string | string[] | undefined, offered: readonly Encoding[]): Encoding {
  const accepted = String(header ?? '')
    .split(',')
    .filter((part) => !/;\s*q=0(?:\.0*)?\s*$/.test(part))
    .map((part) => part.split(';', 1)[0]?.trim())
  return offered.find((encoding) => accepted.includes(encoding)) ?? 'identity'
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .code(200)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(
      '<!doctype html><html lang="en"><meta charset="utf-8"><title>Parley</title><h1>Parley is running</h1>' +
        '<p>The web app is not built. Run <code>npm run build</code> and reload this page.</p>' +
        '<p>The interface is described at <a href="/api/docs">/api/docs</a>.</p></html>\n',
    )
}
