/** Random choices that can be repeated: `CHAOS_SEED=<number>` gives the same ones again. */
export interface Dice {
  readonly seed: number
  /** From 0 (inclusive) to 1. */
  next(): number
  /** A whole number from `min` to `max`, both inclusive. */
  between(min: number, max: number): number
}

/** Prints the seed, so that a failure can be repeated. `suite` keeps the suites' choices independent of each other. */
export function rollDice(suite: string): Dice {
  const given = process.env['CHAOS_SEED']
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given)
  console.log(`${suite}: CHAOS_SEED=${seed}`)
  return diceOf(seed)
}

/** mulberry32: small, fast, and the same everywhere. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { seed, next, between: (min, max) => min + Math.floor(next() * (max - min + 1)) }
}
