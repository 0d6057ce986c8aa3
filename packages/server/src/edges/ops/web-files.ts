/**
 * The built web app in memory: a fixed list of files, so no request can name anything else, each compressed at most
 * once. The whole app is a few megabytes.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

const compressible = /^(?:text\/|application\/(?:json|manifest|wasm)|image\/svg)/

export type Encoding = 'br' | 'gzip' | 'identity'

export interface WebFile {
  readonly type: string
  /** True when the name carries a hash of the content. */
  readonly immutable: boolean
  readonly encodings: readonly Encoding[]
  bytes(encoding: Encoding): Promise<Buffer>
  /** Of the uncompressed content. */
  etag(): Promise<string>
}

/** Files by URL path, e.g. `/assets/index-x1.js`. */
export type WebFiles = ReadonlyMap<string, WebFile>

/** Lists a folder; undefined when it holds no built app. */
export async function readWebFiles(folder: string): Promise<WebFiles | undefined> {
  let entries: Awaited<ReturnType<typeof listFiles>>
  try {
    entries = await listFiles(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const files = new Map(entries.map((path) => [`/${relative(folder, path).split(sep).join('/')}`, createFile(path)]))
  return files.has('/index.html') ? files : undefined
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function createFile(path: string): WebFile {
  const type = types[extname(path)] ?? 'application/octet-stream'
  const made = new Map<Encoding, Promise<Buffer>>()
  const bytes = (encoding: Encoding): Promise<Buffer> => {
    let result = made.get(encoding)
    if (result === undefined) {
      result = encoding === 'identity' ? readFile(path) : bytes('identity').then((raw) => compress(raw, encoding))
      result.catch(() => made.delete(encoding))
      made.set(encoding, result)
    }
    return result
  }
  return {
    type,
    immutable: /-[\w-]{8,}\.\w+$/.test(path),
    encodings: compressible.test(type) ? ['br', 'gzip', 'identity'] : ['identity'],
    bytes,
    etag: async () =>
      `"${createHash('sha256')
        .update(await bytes('identity'))
        .digest('base64url')
        .slice(0, 22)}"`,
  }
}

function compress(raw: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(raw)
  // Level 5 takes some 20 ms per megabyte; the best one would hold up the first visitor for seconds.
  return promisify(brotliCompress)(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
}
