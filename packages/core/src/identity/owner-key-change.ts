import { bells } from '../bells.ts'
import type { Ledger } from '../ledger.ts'
import { auditOp } from '../policy/audit-op.ts'
import type { SecretBox, SettingsReader } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'

export interface OwnerKeyChangePorts {
  readonly settings: SettingsReader
  readonly secrets: SecretBox
  readonly ledger: Ledger
  readonly stamps: Stamps
}

const SETTING = 'ownerKeyDigest'

/**
 * Call once at start. A new owner key is how a lost or leaked one is taken back, so it also ends the owner's sessions.
 * The digest is kept sealed: a weak key cannot be guessed from a stolen database alone.
 */
export async function endSessionsOfOldOwnerKey(
  ports: OwnerKeyChangePorts,
  ownerId: string,
  keySha256: string,
): Promise<void> {
  const { settings, secrets, ledger, stamps } = ports
  const stored = await settings.get(SETTING)
  const known = typeof stored === 'string' ? opened(secrets, stored) : undefined
  if (known === keySha256) return
  const remember = { op: 'setting.put', name: SETTING, value: secrets.seal(keySha256) } as const
  if (stored === undefined || stored === null) {
    await ledger.commit([remember])
    return
  }
  await ledger.commit(
    [
      remember,
      { op: 'session.delete-for', userId: ownerId },
      auditOp(stamps, ownerId, 'owner-key.changed', ownerId, {}),
    ],
    [bells.sessions(ownerId)],
  )
}

/** Undefined when it was sealed under another secret: then the folder was moved without it, and nothing is known. */
function opened(secrets: SecretBox, sealed: string): string | undefined {
  try {
    return secrets.open(sealed)
  } catch {
    return undefined
  }
}
