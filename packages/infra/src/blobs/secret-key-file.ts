import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolderNow } from '../files/sync-folder.ts'
import { fileErrors } from './errors.ts'

const KEY_BYTES = 32

/** The key in the file, undefined when there is none yet. Throws `secret_key_invalid` when it is damaged. */
export function readKeyFile(path: string): KeyObject | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    throw error
  }
  const bytes = Buffer.from(text.trim(), 'base64url')
  if (bytes.length !== KEY_BYTES) throw fileErrors.secret_key_invalid({ details: { file: path } })
  return createSecretKey(bytes)
}

/** Makes a new key durable under `path`, unless somebody else was faster, and returns the one that is there. */
export function createKeyFile(path: string): KeyObject {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(8).toString('hex')}`
  const handle = openSync(draft, 'wx', 0o600)
  try {
    writeFileSync(handle, `${randomBytes(KEY_BYTES).toString('base64url')}\n`)
    fsyncSync(handle)
    // Linked rather than renamed: a key that exists must never be replaced, or all it has sealed is lost.
    linkSync(draft, path)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  } finally {
    closeSync(handle)
    rmSync(draft, { force: true })
  }
  syncFolderNow(folder)
  return readKeyFile(path) as KeyObject
}
