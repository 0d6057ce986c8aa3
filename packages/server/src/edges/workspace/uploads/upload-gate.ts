import type { Clock } from '@parley/base'
import { TokenBucket } from '../../../hosts/ws/index.ts'
import { workspaceErrors } from '../errors.ts'

/** Uploads of one person: a file is held in memory until it is stored, so they are counted and paced. */
export interface UploadLimits {
  readonly atOnce: number
  readonly perSecond: number
  readonly burst: number
}

export const defaultUploadLimits: UploadLimits = { atOnce: 4, perSecond: 1, burst: 40 }

interface Visitor {
  running: number
  readonly bucket: TokenBucket
}

const MAX_REMEMBERED = 10_000

export class UploadGate {
  readonly #clock: Clock
  readonly #limits: UploadLimits
  readonly #visitors = new Map<string, Visitor>()

  constructor(clock: Clock, limits: UploadLimits = defaultUploadLimits) {
    this.#clock = clock
    this.#limits = limits
  }

  /** Lets an upload in; call the result when it is over. Errors: `too_many_uploads` (retryAfter). */
  enter(userId: string): () => void {
    const visitor = this.#visitorOf(userId)
    if (visitor.running >= this.#limits.atOnce) throw workspaceErrors.too_many_uploads({ retryAfter: 2 })
    const wait = visitor.bucket.take(this.#clock.now())
    if (wait > 0) throw workspaceErrors.too_many_uploads({ retryAfter: wait / 1_000 })
    visitor.running += 1
    return () => {
      visitor.running -= 1
    }
  }

  #visitorOf(userId: string): Visitor {
    const known = this.#visitors.get(userId)
    if (known !== undefined) return known
    if (this.#visitors.size >= MAX_REMEMBERED) this.#forgetIdle()
    const bucket = new TokenBucket(this.#limits.perSecond, this.#limits.burst, this.#clock.now())
    const visitor = { running: 0, bucket }
    this.#visitors.set(userId, visitor)
    return visitor
  }

  #forgetIdle(): void {
    for (const [userId, { running }] of this.#visitors) if (running === 0) this.#visitors.delete(userId)
  }
}
