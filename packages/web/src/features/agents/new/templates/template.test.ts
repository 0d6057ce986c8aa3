import { describe, expect, test } from 'vitest'
import { loadTemplates } from './template.ts'

describe('starting points', () => {
  test('both languages have the same ones, complete and within the limits of the contract', async () => {
    const [en, zh] = await Promise.all([loadTemplates('en'), loadTemplates('zh-CN')])
    expect(zh.map(({ id, avatar, tools }) => ({ id, avatar, tools }))).toEqual(
      en.map(({ id, avatar, tools }) => ({ id, avatar, tools })),
    )
    for (const template of [...en, ...zh]) {
      expect(template.name.length).toBeLessThanOrEqual(48)
      expect(template.description.length).toBeLessThanOrEqual(500)
      expect(template.soul.length).toBeGreaterThan(400)
      expect(template.soul.length).toBeLessThan(64_000)
      expect(template.soul.startsWith('# ')).toBe(true)
    }
  })
})
