import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { syncFolder } from '../files/sync-folder.ts'
import { copyDatabase, isDatabase } from './copy-database.ts'
import { copyFile, hashFile } from './copy-file.ts'
import { BACKUPS, DATABASE, isCopied } from './data-folder.ts'
import { dataErrors } from './errors.ts'
import { type BackupFile, createManifest, MANIFEST, type Manifest } from './manifest.ts'

/**
 * Copies a data folder into a new or empty folder while the server may be running: the database as it is at one moment,
 * then every other file. The manifest with sizes and hashes comes last, so a backup without one is not complete.
 * It holds everything, the key of the stored secrets included: keep it as safe as the data folder itself.
 * Errors: `database_missing`, `backup_target_invalid`, `database_damaged`.
 */
export async function backupTo(dataFolder: string, target: string, now: () => number = Date.now): Promise<Manifest> {
  const data = resolve(dataFolder)
  const folder = resolve(target)
  const database = join(data, DATABASE)
  if (!(await stat(database).catch(() => undefined))?.isFile()) {
    throw dataErrors.database_missing({ details: { path: database } })
  }
  await prepareTarget(data, folder)
  const createdAt = now()
  // The database first: a file is stored before the record that names it, so every record in the copy finds its file.
  const schema = await copyDatabase(database, join(folder, DATABASE))
  await chmod(join(folder, DATABASE), 0o600)
  const files: BackupFile[] = [{ path: DATABASE, ...(await hashFile(join(folder, DATABASE))) }]
  for await (const path of filesOf(data)) {
    const copied = await copyOne(join(data, path), join(folder, path))
    if (copied) files.push({ path: path.split(sep).join('/'), ...copied })
  }
  const manifest = createManifest(createdAt, schema, files)
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, {
    flag: 'wx',
    mode: 0o600,
    flush: true,
  })
  await syncFolder(folder)
  return manifest
}

async function prepareTarget(data: string, folder: string): Promise<void> {
  const invalid = () => dataErrors.backup_target_invalid({ details: { folder } })
  const inside = relative(data, folder)
  const isInside = inside === '' || !(inside.startsWith('..') || resolve(inside) === inside)
  if (isInside && inside.split(sep)[0] !== BACKUPS) throw invalid()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0) throw invalid()
}

/** Paths below the folder of what a backup copies, links followed. */
async function* filesOf(folder: string, below = ''): AsyncGenerator<string> {
  const names = (await readdir(join(folder, below)).catch(ignoreMissing)) ?? []
  for (const name of names.toSorted()) {
    if (!isCopied(name, below === '')) continue
    const path = join(below, name)
    const kind = await stat(join(folder, path)).catch(ignoreMissing)
    if (kind?.isDirectory()) yield* filesOf(folder, path)
    else if (kind?.isFile()) yield path
  }
}

/** Undefined when the file has been deleted meanwhile. */
async function copyOne(source: string, target: string): Promise<Omit<BackupFile, 'path'> | undefined> {
  try {
    if (!(await isDatabase(source))) return await copyFile(source, target)
    await mkdir(join(target, '..'), { recursive: true, mode: 0o700 })
    await copyDatabase(source, target)
    await chmod(target, 0o600)
    return await hashFile(target)
  } catch (error) {
    await rm(target, { force: true })
    return ignoreMissing(error)
  }
}

function ignoreMissing(error: unknown): undefined {
  if ((error as { code?: string }).code !== 'ENOENT') throw error
  return undefined
}
