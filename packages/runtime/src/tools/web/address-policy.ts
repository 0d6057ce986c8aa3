/** Which addresses a tool may reach: public ones only, whatever spelling or name they come in. */
import ipaddr from 'ipaddr.js'
import { toolErrors } from '../errors.ts'

export interface AddressPolicy {
  /** Ports besides those of the scheme (80, 443); `'any'` for all. */
  readonly ports: readonly number[] | 'any'
  /** Names or literal addresses that may be reached though they lie inside this network, e.g. `127.0.0.1` in tests. */
  readonly allowHosts: readonly string[]
}

export const publicOnly: AddressPolicy = { ports: [8080, 8443], allowHosts: [] }

const SPECIAL_NAMES = /(^|\.)(localhost|local|internal|home\.arpa|intranet|lan)$/

/** True for an address of the public internet. Mapped IPv4 addresses are judged by the IPv4 inside. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  let parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress()) parsed = parsed.toIPv4Address()
  // Of IPv6 only this block is the public internet; the library calls other blocks unicast too, such as ::7f00:1.
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(ipaddr.IPv6.parse('2000::'), 3)) return false
  return parsed.range() === 'unicast'
}

/** The URL as it will be requested. Throws `tool_refused` with a reason the model can pass on. */
export function checkedUrl(text: string, policy: AddressPolicy, base?: URL): URL {
  let url: URL
  try {
    url = new URL(text, base)
  } catch {
    throw refused(`"${text.slice(0, 200)}" is not a complete web address.`)
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused('Only http and https addresses can be read.')
  if (url.username !== '' || url.password !== '') throw refused('Addresses with a user name or password are not read.')
  if (url.port !== '' && policy.ports !== 'any' && !policy.ports.includes(Number(url.port))) {
    throw refused(`Port ${url.port} is not allowed.`)
  }
  // The URL parser has already turned decimal, octal, hexadecimal and short spellings into dotted ones.
  const host = url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
  if (host === '') throw refused('The address names no host.')
  if (policy.allowHosts.includes(host)) return url
  if (ipaddr.isValid(host)) {
    if (!isPublicAddress(host)) throw refused('Addresses inside this network are not read.')
  } else if (SPECIAL_NAMES.test(host) || !host.includes('.')) throw refused('Names inside this network are not read.')
  return url
}

export function refused(reason: string): Error {
  return toolErrors.tool_refused({ details: { reason } })
}
