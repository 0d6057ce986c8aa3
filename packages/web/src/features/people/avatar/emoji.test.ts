import { describe, expect, test } from 'vitest'
import { agentEmoji, firstEmoji, personEmoji } from './emoji.ts'

describe('emoji for avatars', () => {
  test('each offered one is exactly one emoji, offered once', () => {
    for (const list of [agentEmoji, personEmoji]) {
      expect(new Set(list).size).toBe(list.length)
      for (const sign of list) expect(firstEmoji(sign)).toBe(sign)
    }
  })

  test('the first emoji of what was typed counts, words do not', () => {
    expect(firstEmoji(' 👩‍🚀 yes')).toBe('👩‍🚀')
    expect(firstEmoji('🇨🇳')).toBe('🇨🇳')
    expect(firstEmoji('hello')).toBe(null)
    expect(firstEmoji('')).toBe(null)
  })
})
