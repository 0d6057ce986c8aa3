import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { syncFolder } from './sync-folder.ts'

/** Creates the folder and those above it that are missing, all of them durably. */
export async function createFolder(folder: string, mode: number): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode })
  if (first === undefined) return
  for (let path = folder; ; path = dirname(path)) {
    await syncFolder(path)
    if (path === dirname(first)) return
  }
}

/** Creates the file durably; rejects with `EEXIST` when there is one. What a failure has left behind is removed. */
export async function createFile(path: string, bytes: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } catch (error) {
    await handle.close()
    await rm(path, { force: true })
    throw error
  }
  await handle.close()
  await syncFolder(dirname(path))
}

/** Replaces the file durably; readers see the old content or the new. */
export async function replaceFile(path: string, bytes: string | Uint8Array, mode: number): Promise<void> {
  const folder = dirname(path)
  const draft = join(folder, `.${basename(path)}.${crypto.randomUUID()}`)
  await createFile(draft, bytes, mode)
  try {
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(folder)
}

/** True for the file system's "there is no such file". */
export function isMissing(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code
  return code === 'ENOENT' || code === 'ENOTDIR'
}
