/** Resolves a name once, checks every answer, and hands the connection exactly the checked addresses. */
import type { LookupAddress, LookupOptions } from 'node:dns'
import { lookup as systemLookup } from 'node:dns/promises'
import { type AddressPolicy, isPublicAddress, refused } from './address-policy.ts'

/** All addresses of a name. */
export type Resolver = (hostname: string) => Promise<readonly LookupAddress[]>

export const systemResolver: Resolver = (hostname) => systemLookup(hostname, { all: true, verbatim: true })

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** A `lookup` for the socket: one private answer among the addresses refuses the name altogether. */
export function pinnedLookup(policy: AddressPolicy, resolve: Resolver) {
  return (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses
        const isAllowed = policy.allowHosts.includes(hostname.replace(/\.$/, '').toLowerCase())
        if (first === undefined) callback(new Error(`No address for ${hostname}.`), '')
        else if (!isAllowed && addresses.some((entry) => !isPublicAddress(entry.address))) {
          callback(refused('Names that point inside this network are not read.'), '')
        } else if (options.all) callback(null, [...addresses])
        else callback(null, first.address, first.family)
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    )
  }
}
