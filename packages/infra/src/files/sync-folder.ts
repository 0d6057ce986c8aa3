import { closeSync, fsyncSync, openSync } from 'node:fs'
import { open } from 'node:fs/promises'

// Windows has no call for this; its file systems keep names durable by themselves.
const NEEDED = process.platform !== 'win32'

/** Makes the names in a folder durable: a synced file in a folder that was not synced can vanish at a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  if (!NEEDED) return
  await using handle = await open(folder, 'r')
  await handle.sync()
}

export function syncFolderNow(folder: string): void {
  if (!NEEDED) return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
