import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface Copied {
  /** Bytes. */
  readonly size: number
  /** SHA-256 in hex, of the bytes that were read. */
  readonly sha256: string
}

/** Copies a file, synced, readable by its owner only. The folder is created; the target must not exist. */
export async function copyFile(source: string, target: string): Promise<Copied> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  await using handle = await open(target, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(source) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    size += chunk.length
    await handle.writeFile(chunk)
  }
  await handle.sync()
  return { size, sha256: hash.digest('hex') }
}

export async function hashFile(path: string): Promise<Copied> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    size += chunk.length
  }
  return { size, sha256: hash.digest('hex') }
}
