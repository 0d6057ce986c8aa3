import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { silentLogger } from '@parley/base'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHttpHost } from '../../hosts/http/host.ts'
import { serveWebApp } from './web-app.ts'

const script = `console.log(${JSON.stringify('x'.repeat(5_000))})`
let folder: string
let app: FastifyInstance

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-web-'))
  app = await createHttpHost({ logger: silentLogger, publicUrl: undefined })
  serveWebApp(app, join(folder, 'dist'))
})
afterEach(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

async function build(): Promise<void> {
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true })
  await writeFile(join(folder, 'dist', 'index.html'), '<!doctype html><title>App</title>')
  await writeFile(join(folder, 'dist', 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(folder, 'dist', 'assets', 'index-x1Y2z3-4.js'), script)
  await writeFile(join(folder, 'secret.txt'), 'not part of the app')
}

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })

test('without a build a page says what to do, and it is not kept', async () => {
  const page = await get('/')
  expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-store'])
  expect(page.body).toContain('npm run build')
  await build()
  expect((await get('/')).body).toContain('<title>App</title>')
})

test('the page is asked for anew each time, hashed files are kept for good', async () => {
  await build()
  const page = await get('/')
  expect([page.headers['content-type'], page.headers['cache-control']]).toEqual([
    'text/html; charset=utf-8',
    'no-cache',
  ])
  const asset = await get('/assets/index-x1Y2z3-4.js')
  expect([asset.body, asset.headers['cache-control']]).toEqual([script, 'public, max-age=31536000, immutable'])
  expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache')
  expect((await get('/', { 'if-none-match': String(page.headers.etag) })).statusCode).toBe(304)
  expect((await get('/', { 'if-none-match': '"other"' })).statusCode).toBe(200)
})

test('paths of the app get the page; missing files, unknown calls and other methods get an error', async () => {
  await build()
  expect((await get('/c/ch_1?x=1')).body).toContain('<title>App</title>')
  expect((await app.inject({ method: 'HEAD', url: '/' })).statusCode).toBe(200)
  for (const url of ['/assets/gone-12345678.js', '/api/nothing', '/uploads', '/ws/x', '/%E0%A4%A']) {
    const reply = await get(url)
    expect([reply.statusCode < 500, reply.statusCode >= 400], url).toEqual([true, true])
    expect(reply.json(), url).toEqual({ error: expect.any(String), code: expect.any(String) })
  }
  expect((await app.inject({ method: 'POST', url: '/c/ch_1' })).statusCode).toBe(404)
})

test('nothing outside the folder can be named', async () => {
  await build()
  for (const url of ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '//secret.txt']) {
    expect((await get(url)).body, url).not.toContain('not part of the app')
  }
})

test('text is compressed as the client likes it', async () => {
  await build()
  const encoded = async (accept: string) => {
    const reply = await get('/assets/index-x1Y2z3-4.js', { 'accept-encoding': accept })
    return [reply.headers['content-encoding'], reply.rawPayload] as const
  }
  const [brotli, small] = await encoded('gzip, deflate, br;q=0.9')
  expect([brotli, brotliDecompressSync(small).toString()]).toEqual(['br', script])
  const [gzip, zipped] = await encoded('gzip, br;q=0')
  expect([gzip, gunzipSync(zipped).toString()]).toEqual(['gzip', script])
  expect((await encoded('identity'))[0]).toBeUndefined()
})

test('every page carries the strict policy', async () => {
  const policy = String((await get('/')).headers['content-security-policy'])
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("style-src 'self';")
  expect(policy).not.toContain('unsafe-eval')
})
