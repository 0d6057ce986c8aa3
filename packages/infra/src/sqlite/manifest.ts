import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '@parley/base'
import { dataErrors } from './errors.ts'

export const MANIFEST = 'manifest.json'
const FORMAT = 1
const HASH = /^[0-9a-f]{64}$/

export interface BackupFile {
  /** Below the backup folder, with `/` between names. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** SHA-256 in hex. */
  readonly sha256: string
}

export interface Manifest {
  readonly format: typeof FORMAT
  /** ISO 8601. */
  readonly createdAt: string
  /** Schema version of the database. */
  readonly schema: number
  readonly files: readonly BackupFile[]
}

export function createManifest(createdAt: number, schema: number, files: readonly BackupFile[]): Manifest {
  return { format: FORMAT, createdAt: new Date(createdAt).toISOString(), schema, files }
}

/** Reads and checks the manifest. Throws `backup_incomplete` for a folder without one: it is written last. */
export async function readManifest(folder: string): Promise<Manifest> {
  const incomplete = (problem: string) => dataErrors.backup_incomplete({ details: { folder, problem } })
  const path = join(folder, MANIFEST)
  const size = (await stat(path).catch(() => undefined))?.size
  if (size === undefined) throw incomplete('it has no manifest')
  let value: unknown
  try {
    value = parseJson(await readFile(path, 'utf8'), { maxLength: 512 * 1024 * 1024 })
  } catch {
    throw incomplete('its manifest cannot be read')
  }
  if (!isManifest(value)) throw incomplete('its manifest is not one this program understands')
  return value
}

function isManifest(value: unknown): value is Manifest {
  const manifest = value as Partial<Manifest> | null
  if (typeof manifest !== 'object' || manifest === null || manifest.format !== FORMAT) return false
  if (typeof manifest.createdAt !== 'string' || !Number.isSafeInteger(manifest.schema)) return false
  return Array.isArray(manifest.files) && manifest.files.every(isFile)
}

function isFile(value: unknown): value is BackupFile {
  const file = value as Partial<BackupFile> | null
  if (typeof file?.path !== 'string' || typeof file.sha256 !== 'string' || !Number.isSafeInteger(file.size))
    return false
  // Names only: a manifest from elsewhere must not make the restore write outside the data folder.
  const names = file.path.split('/')
  const plain = names.every((name) => name !== '' && name !== '.' && name !== '..' && !/[\\\0]/.test(name))
  return plain && HASH.test(file.sha256)
}
