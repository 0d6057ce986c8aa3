/** A token bucket as plain data: `perSecond` tokens come back in the long run, at most `burst` are held. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

export interface Bucket {
  readonly tokens: number
  /** Milliseconds since the epoch at which `tokens` was true. */
  readonly at: number
}

export function fullBucket(rate: Rate, now: number): Bucket {
  return { tokens: rate.burst, at: now }
}

/** The bucket as it is at `now`. A clock that went back adds nothing. */
export function refill(bucket: Bucket, rate: Rate, now: number): Bucket {
  const elapsed = Math.max(0, now - bucket.at)
  return { tokens: Math.min(rate.burst, bucket.tokens + (elapsed * rate.perSecond) / 1000), at: now }
}

export type Taken =
  | { readonly ok: true; readonly bucket: Bucket }
  | { readonly ok: false; readonly bucket: Bucket; readonly retryAfterSeconds: number }

/** Takes one token, or says after how many seconds there will be one. */
export function take(bucket: Bucket, rate: Rate, now: number): Taken {
  const current = refill(bucket, rate, now)
  if (current.tokens >= 1) return { ok: true, bucket: { tokens: current.tokens - 1, at: now } }
  const seconds = (1 - current.tokens) / rate.perSecond
  return { ok: false, bucket: current, retryAfterSeconds: Math.max(1, Math.ceil(seconds)) }
}

/** True when forgetting the bucket changes nothing. */
export function isFull(bucket: Bucket, rate: Rate, now: number): boolean {
  return refill(bucket, rate, now).tokens >= rate.burst
}
