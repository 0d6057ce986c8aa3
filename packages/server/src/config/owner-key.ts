/**
 * The owner's key. OWNER_KEY always wins; without it the first start makes one, shows it once and keeps only its hash.
 * SHA-256 without a slow hash is enough for the stored one: it carries 160 random bits.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { configErrors } from './errors.ts'

export interface OwnerKey {
  /** Hex SHA-256. */
  readonly hash: string
  /** The key itself, only in the start that made it. */
  readonly generated: string | undefined
}

const storedSchema = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) })

/** Finds or makes the key. Writes `owner.key.json` (mode 0600) in the data folder when it makes one. */
export async function resolveOwnerKey(configured: string | undefined, dataDirectory: string): Promise<OwnerKey> {
  if (configured !== undefined) return { hash: sha256(configured), generated: undefined }
  const path = join(dataDirectory, 'owner.key.json')
  const stored = await readStored(path)
  if (stored !== undefined) return { hash: stored, generated: undefined }
  const key = formatKey(randomBytes(20))
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  await writeFile(path, `${JSON.stringify({ sha256: sha256(key) })}\n`, { mode: 0o600, flag: 'wx', flush: true })
  return { hash: sha256(key), generated: key }
}

async function readStored(path: string): Promise<string | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const parsed = storedSchema.safeParse(parseOrNull(text))
  if (!parsed.success) {
    const problem = 'it does not hold the hash of an owner key. Delete it to get a new key, or set OWNER_KEY.'
    throw configErrors.config_file_invalid({ details: { path, problem } })
  }
  return parsed.data.sha256
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Groups of four letters and digits without look-alikes (Crockford base 32): easy to read off a terminal. */
function formatKey(bytes: Uint8Array): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  let text = ''
  for (let i = 0; i < 32; i++) {
    text += alphabet.charAt(Number((bits >> BigInt(5 * i)) & 31n))
    if (i % 4 === 3 && i < 31) text += '-'
  }
  return text
}
