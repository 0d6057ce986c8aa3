import { sha256Hex } from './secrets.ts'

const TOKEN = /^[0-9a-f]{64}$/
const MAX_REMEMBERED = 4096

/**
 * Digests of session tokens. A digest never changes, so those of live sessions are remembered:
 * hashing goes through a thread of the engine and would be the dearest part of a request.
 */
export class TokenDigests {
  readonly #remembered = new Map<string, string>()

  /** Undefined for text that cannot be a token. */
  async of(token: string): Promise<string | undefined> {
    const known = this.#remembered.get(token)
    if (known !== undefined) return known
    return TOKEN.test(token) ? sha256Hex(token) : undefined
  }

  /** To be called for tokens that proved valid: junk must not push them out. */
  remember(token: string, digest: string): void {
    if (this.#remembered.has(token)) return
    if (this.#remembered.size >= MAX_REMEMBERED) {
      for (const oldest of this.#remembered.keys()) {
        this.#remembered.delete(oldest)
        break
      }
    }
    this.#remembered.set(token, digest)
  }

  forget(token: string): void {
    this.#remembered.delete(token)
  }
}
