import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { storeErrors } from '@parley/core/ports'
import { syncFolder } from '../files/sync-folder.ts'
import { type Copied, copyFile, hashFile } from './copy-file.ts'
import { BACKUPS, LOCK, RESTORE_MARK } from './data-folder.ts'
import { dataErrors } from './errors.ts'
import { FolderLock } from './folder-lock.ts'
import { type BackupFile, type Manifest, readManifest } from './manifest.ts'
import { migrations } from './migrations/index.ts'

export interface RestoreOptions {
  /** Replace a data folder that is not empty; its content is kept in `backups/before-restore-{time}/`. */
  readonly force?: boolean
  readonly now?: () => number
}

export interface RestoreReport {
  readonly manifest: Manifest
  /** Where the former content is, when there was some. */
  readonly aside?: string
}

/**
 * Fills a data folder from a backup. Nothing is touched before the whole backup has been verified and copied beside it.
 * Errors: `backup_incomplete`, `schema_newer`, `data_folder_not_empty`, `data_folder_taken` (a server is running there).
 */
export async function restoreFrom(
  backup: string,
  dataFolder: string,
  { force = false, now = Date.now }: RestoreOptions = {},
): Promise<RestoreReport> {
  const source = resolve(backup)
  const data = resolve(dataFolder)
  const manifest = await readManifest(source)
  const known = migrations.at(-1)?.version ?? 0
  if (manifest.schema > known) throw storeErrors.schema_newer({ details: { found: manifest.schema, known } })
  await verify(source, manifest)

  await mkdir(data, { recursive: true, mode: 0o700 })
  // Held to the end: no server can start on a folder that is half one thing and half another.
  using _lock = new FolderLock(join(data, LOCK))
  const former = (await readdir(data)).filter((name) => name !== LOCK && !name.startsWith('.restore-'))
  if (former.length > 0 && !force) throw dataErrors.data_folder_not_empty({ details: { folder: data } })

  const time = new Date(now()).toISOString().replace(/[:.]/g, '-')
  const staging = join(data, `.restore-${time}`)
  await copyAll(source, staging, manifest)
  const aside = join(data, BACKUPS, `before-restore-${time}`)
  const moved = former.filter((name) => name !== BACKUPS && name !== RESTORE_MARK)
  await swap(data, staging, aside, moved)
  return moved.length > 0 ? { manifest, aside } : { manifest }
}

/** Throws `restore_interrupted` when a restore into this folder did not come to its end. */
export function assertNotRestoring(folder: string): void {
  const mark = join(folder, RESTORE_MARK)
  if (!existsSync(mark)) return
  throw dataErrors.restore_interrupted({ details: { folder, aside: readFileSync(mark, 'utf8').trim() } })
}

async function verify(source: string, manifest: Manifest): Promise<void> {
  for (const file of manifest.files) {
    const path = join(source, file.path)
    if (!(await stat(path).catch(() => undefined))?.isFile()) throw incomplete(source, `${file.path} is missing`)
    assertSame(source, file, await hashFile(path))
  }
}

/** Hashes again what it copies: the medium may give other bytes at the second reading. */
async function copyAll(source: string, staging: string, manifest: Manifest): Promise<void> {
  try {
    await mkdir(staging, { mode: 0o700 })
    for (const file of manifest.files) {
      assertSame(source, file, await copyFile(join(source, file.path), join(staging, file.path)))
    }
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
}

/** Moves the former entries aside and the new ones in, under a mark that a start of the server respects. */
async function swap(data: string, staging: string, aside: string, former: readonly string[]): Promise<void> {
  const mark = join(data, RESTORE_MARK)
  await writeFile(mark, `${aside}\n`, { mode: 0o600, flush: true })
  await syncFolder(data)
  if (former.length > 0) {
    await mkdir(aside, { recursive: true, mode: 0o700 })
    for (const name of former) await rename(join(data, name), join(aside, name))
    await syncFolder(aside)
  }
  for (const name of await readdir(staging)) await rename(join(staging, name), join(data, name))
  await rm(staging, { recursive: true })
  await syncFolder(data)
  await rm(mark)
  await syncFolder(data)
}

function assertSame(source: string, file: BackupFile, actual: Copied): void {
  if (actual.size !== file.size) throw incomplete(source, `${file.path} has another size`)
  if (actual.sha256 !== file.sha256) throw incomplete(source, `${file.path} has another content`)
}

function incomplete(folder: string, problem: string): Error {
  return dataErrors.backup_incomplete({ details: { folder, problem } })
}
