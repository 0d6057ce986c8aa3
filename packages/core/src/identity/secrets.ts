/** Hashes and random secrets through WebCrypto, so the domain runs wherever it exists. */

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'

/** Hex SHA-256 of the UTF-8 text. */
export async function sha256Hex(text: string): Promise<string> {
  return toHex(await sha256(text))
}

export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

/** Compares without stopping at the first difference. Meant for digests: both have the same length. */
export function equalDigests(left: Uint8Array, right: Uint8Array): boolean {
  let difference = left.length ^ right.length
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0)
  return difference === 0
}

/** 32 random bytes in hex: the value of a session cookie. */
export function newToken(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(32)))
}

const ACCESS_KEY_LENGTH = 36

/** 180 random bits, readable aloud: `key-` and 36 characters of Crockford base 32. */
export function newAccessKey(): string {
  return `key-${randomText(ACCESS_KEY_LENGTH)}`
}

/** `length` characters of 5 random bits each, lower case. */
export function randomText(length: number): string {
  let text = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(length))) text += CROCKFORD.charAt(byte & 31)
  return text
}

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
