/** Which browser origins may change state or open sockets (spec/workspace §1.4 point 1, §11.1 item 11). */

/** Header values as Node gives them. */
export interface OriginHeaders {
  readonly host?: string | undefined
  readonly origin?: string | undefined
  readonly 'sec-fetch-site'?: string | string[] | undefined
}

/**
 * True when the request is not from another web site: its Origin is this host or `publicUrl`, or it has none because
 * it is no browser's. SameSite cookies alone do not cover sibling subdomains and other ports.
 */
export function isSameOrigin(headers: OriginHeaders, publicUrl: string | undefined): boolean {
  const { origin } = headers
  if (origin !== undefined) return origin === publicUrl || hostOf(origin) === headers.host?.toLowerCase()
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

function hostOf(origin: string): string | undefined {
  const match = /^https?:\/\/([^/?#]+)$/.exec(origin.toLowerCase())
  return match?.[1]
}
