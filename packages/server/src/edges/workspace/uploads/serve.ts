/** `GET /uploads/*`: stored files, to people with a session only, in a form that cannot run (spec/workspace §11.1 item 4). */
import type { Sessions, Uploads } from '@parley/core'
import type { FastifyInstance } from 'fastify'
import { uploadPolicy } from '../../../hosts/http/content-security-policy.ts'
import { workspaceErrors } from '../errors.ts'
import { requireCaller } from '../session-guard.ts'
import { inlineImages } from './detect.ts'
import { parseRange } from './range.ts'

export function serveUploads(app: FastifyInstance, uploads: Uploads, sessions: Sessions): void {
  app.get<{ Params: { '*': string } }>('/uploads/*', async (request, reply) => {
    await requireCaller(sessions, request, 'guest')
    const record = await uploads.find(request.params['*'])
    if (record === undefined) throw workspaceErrors.upload_not_found()
    const { size } = record
    const range = parseRange(request.headers.range, size)
    if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send()
    const stream = await uploads.open(record, range)
    if (stream === undefined) throw workspaceErrors.upload_not_found()
    const inline = inlineImages.has(record.mime)
    reply.headers({
      'content-type': record.mime.startsWith('text/') ? `${record.mime}; charset=utf-8` : record.mime,
      'content-disposition': disposition(inline ? 'inline' : 'attachment', record.name),
      'content-security-policy': uploadPolicy,
      'cross-origin-resource-policy': 'same-origin',
      // The path carries a random part and is never reused, so what it names cannot change.
      'cache-control': 'private, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
    })
    if (range === undefined) return reply.header('content-length', size).send(stream)
    reply.code(206).headers({
      'content-range': `bytes ${range.start}-${range.end}/${size}`,
      'content-length': range.end - range.start + 1,
    })
    return reply.send(stream)
  })
}

/** RFC 6266: an ASCII stand-in and the real name. */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
