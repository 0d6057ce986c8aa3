import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import type { SecretBox } from '@parley/core/ports'
import { fileErrors } from './errors.ts'
import { createKeyFile, readKeyFile } from './secret-key-file.ts'

const CIPHER = 'aes-256-gcm'
const VERSION = 'v1.'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals secrets with AES-256-GCM under a key of the data folder, created at the first seal. A sealed text is
 * `v1.` + base64url(nonce ‖ tag ‖ ciphertext). `open` throws `secret_unreadable` for a text of another key or a changed one.
 */
export function createSecretBox(keyFile: string): SecretBox {
  let cached: KeyObject | undefined
  return {
    seal(plain) {
      cached ??= readKeyFile(keyFile) ?? createKeyFile(keyFile)
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, cached, nonce, { authTagLength: TAG_BYTES })
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    open(sealed) {
      cached ??= readKeyFile(keyFile)
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url')
      if (!cached || !sealed.startsWith(VERSION) || bytes.length < NONCE_BYTES + TAG_BYTES) {
        throw fileErrors.secret_unreadable()
      }
      return decrypt(cached, bytes)
    },
  }
}

function decrypt(key: KeyObject, bytes: Buffer): string {
  const body = bytes.subarray(NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw fileErrors.secret_unreadable({ cause })
  }
}
