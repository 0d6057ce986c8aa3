import type { Agent } from '@parley/protocol/workspace'
import { describe, expect, test } from 'vitest'
import { aboutOf, changedFields, nameProblem, withAlias } from './about-fields.ts'

const butler: Agent = {
  id: 'agent_butler',
  name: '管家',
  avatar: '🤖',
  description: '统筹安排',
  model: '',
  tools: [],
  status: 'online',
  aliases: ['Butler'],
  localized: { 'zh-CN': { name: '管家', description: '统筹安排' }, en: { name: 'Butler', description: 'Plans' } },
  builtin: true,
  createdAt: '2026-03-24T10:00:00Z',
}

describe('the About form of an agent', () => {
  test('shows the texts of the interface language and sends nothing that was only looked at', () => {
    const shown = aboutOf(butler, 'en')
    expect(shown).toMatchObject({ name: 'Butler', description: 'Plans' })
    expect(changedFields(shown, { ...shown, name: ' Butler ' })).toEqual({})
  })

  test('a new name takes the shown description along', () => {
    const shown = aboutOf(butler, 'en')
    expect(changedFields(shown, { ...shown, name: 'Chief' })).toEqual({ name: 'Chief', description: 'Plans' })
    expect(changedFields(shown, { ...shown, avatar: '🦉' })).toEqual({ avatar: '🦉' })
  })

  test.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['a@b', 'signs'],
    ['a\nb', 'signs'],
    ['Code assistant', null],
  ])('name %j: %s', (name, problem) => {
    expect(nameProblem(name)).toBe(problem)
  })

  test('aliases are added once, without the name itself, at most ten', () => {
    expect(withAlias(['a'], 'Name', ' b ')).toEqual(['a', 'b'])
    for (const refused of ['', 'A', 'name', 'x@y', 'x'.repeat(49)]) expect(withAlias(['a'], 'Name', refused)).toBe(null)
    expect(
      withAlias(
        Array.from({ length: 10 }, (_, index) => `n${index}`),
        'Name',
        'more',
      ),
    ).toBe(null)
  })
})
