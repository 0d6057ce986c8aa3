import { z } from 'zod'

/** A token bucket: `perSecond` in the long run, `burst` at once. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

const pattern = /^(\d+(?:\.\d+)?)(?:\/(\d+))?$/

/** Reads `rate` or `rate/burst`; without a burst it is six times the rate, at least 1. */
export const rateSchema = z.string().transform((text, context): Rate => {
  const match = pattern.exec(text)
  const perSecond = Number(match?.[1])
  const burst = match?.[2] === undefined ? Math.max(1, Math.ceil(perSecond * 6)) : Number(match[2])
  if (!match || perSecond <= 0 || burst < 1 || perSecond > 1_000_000 || burst > 1_000_000) {
    context.addIssue({ code: 'custom', message: 'It is not a rate.' })
    return z.NEVER
  }
  return { perSecond, burst }
})
