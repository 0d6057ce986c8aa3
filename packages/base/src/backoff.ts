/** Exponential back-off with full jitter. All times in milliseconds. */
export interface BackoffPolicy {
  readonly base: number
  readonly max: number
  readonly factor?: number
}

/** Delay before attempt `attempt` (0-based): a random point in [half, whole] of the capped exponential. */
export function backoffDelay(policy: BackoffPolicy, attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(policy.max, policy.base * (policy.factor ?? 2) ** attempt)
  return Math.round(ceiling * (0.5 + random() * 0.5))
}
