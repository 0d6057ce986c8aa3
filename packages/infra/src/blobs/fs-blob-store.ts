import { open, readFile, realpath, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { BlobStore, ByteRange } from '@parley/core/ports'
import { createFile, createFolder, isMissing } from '../files/durable.ts'
import { syncFolder } from '../files/sync-folder.ts'
import { parseBlobPath } from './blob-path.ts'
import { fileErrors } from './errors.ts'

/**
 * Blobs as files below a folder, created when first needed. Errors: `blob_path_invalid` (all methods), `blob_exists` (put).
 * Paths are checked by their text and again by where they really lead, so a link inside the folder leads nowhere else.
 */
export class FsBlobStore implements BlobStore {
  readonly #root: string

  constructor(root: string) {
    this.#root = resolve(root)
  }

  async put(path: string, bytes: Uint8Array): Promise<void> {
    const file = this.#fileOf(path)
    await createFolder(dirname(file), 0o700)
    await this.#assertInside(file)
    try {
      await createFile(file, bytes, 0o600)
    } catch (cause) {
      if ((cause as { code?: string }).code === 'EEXIST') throw fileErrors.blob_exists({ cause })
      throw cause
    }
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const file = this.#fileOf(path)
    try {
      await this.#assertInside(file)
      return await readFile(file)
    } catch (error) {
      if (isMissing(error) || (error as { code?: string }).code === 'EISDIR') return undefined
      throw error
    }
  }

  async open(path: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined> {
    const file = this.#fileOf(path)
    try {
      await this.#assertInside(file)
      const handle = await open(file)
      if (!(await handle.stat()).isFile()) {
        await handle.close()
        return undefined
      }
      return Readable.toWeb(handle.createReadStream(range)) as ReadableStream<Uint8Array>
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  async remove(path: string): Promise<void> {
    const file = this.#fileOf(path)
    try {
      await this.#assertInside(file)
      await rm(file)
      await syncFolder(dirname(file))
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }

  #fileOf(path: string): string {
    return join(this.#root, ...parseBlobPath(path))
  }

  /** The folder must really be inside the root, and the file itself must not be a link that leads out. */
  async #assertInside(file: string): Promise<void> {
    const root = await realpath(this.#root)
    const folder = await realpath(dirname(file))
    const real = await realpath(file).catch((error: unknown) => {
      if (isMissing(error)) return folder
      throw error
    })
    if (!isInside(root, folder) || !isInside(root, real)) throw fileErrors.blob_path_invalid()
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way !== '..' && !way.startsWith(`..${sep}`)
}
