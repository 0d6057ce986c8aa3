/**
 * Ids are opaque strings `prefix_XXXXXXXXXXXXXXXXXXXX`: 9 characters of milliseconds, 11 of randomness, Crockford base 32.
 * They sort by creation time within a process, so an index over them grows at its right edge only.
 */
import type { Clock } from './clock.ts'

export type MessageId = string
export type ChannelId = string
export type AgentId = string
export type UserId = string
export type JobId = string

export type IdPrefix = 'msg' | 'ch' | 'agent' | 'user' | 'job' | 'sess' | 'file' | 'chg' | 'call' | 'audit' | 'use'

export type IdFactory = (prefix: IdPrefix) => string

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LENGTH = 9
const RANDOM_LENGTH = 11

/** Builds an id factory. Ids made in the same millisecond are still strictly increasing. */
export function createIdFactory(clock: Clock): IdFactory {
  let lastTime = -1
  const random = new Uint8Array(RANDOM_LENGTH)
  return (prefix) => {
    const time = Math.max(clock.now(), lastTime)
    if (time === lastTime) increment(random)
    else {
      lastTime = time
      crypto.getRandomValues(random)
      for (let i = 0; i < RANDOM_LENGTH; i++) random[i] = (random[i] as number) & 31
      // The top digit starts in the lower half, so increments within one millisecond cannot overflow.
      random[0] = (random[0] as number) & 15
    }
    return `${prefix}_${encodeTime(time)}${encodeDigits(random)}`
  }
}

function increment(digits: Uint8Array): void {
  for (let i = digits.length - 1; i >= 0; i--) {
    if ((digits[i] as number) < 31) {
      digits[i] = (digits[i] as number) + 1
      return
    }
    digits[i] = 0
  }
}

function encodeTime(milliseconds: number): string {
  let rest = milliseconds
  let text = ''
  for (let i = 0; i < TIME_LENGTH; i++) {
    text = ALPHABET.charAt(rest % 32) + text
    rest = Math.floor(rest / 32)
  }
  return text
}

function encodeDigits(digits: Uint8Array): string {
  let text = ''
  for (const digit of digits) text += ALPHABET.charAt(digit)
  return text
}
