import { describe, expect, it } from 'vitest'
import { completeMention, mentionQueryAt } from './mention-query.ts'

describe('the mention being written', () => {
  it.each([
    ['@', 1, { start: 0, text: '' }],
    ['hello @no', 9, { start: 6, text: 'no' }],
    ['请@小说', 4, { start: 1, text: '小说' }],
    ['＠小', 2, { start: 0, text: '小' }],
    ['@Code as', 8, { start: 0, text: 'Code as' }],
  ])('in %j at %i is found', (text, caret, query) => {
    expect(mentionQueryAt(text, caret)).toEqual(query)
  })

  it.each([
    ['mail me@example.org', 19],
    ['hello', 5],
    ['@ada\nnext', 9],
    ['@ ', 2],
    ['@one two three four', 19],
  ])('in %j at %i is none', (text, caret) => {
    expect(mentionQueryAt(text, caret)).toBeNull()
  })

  it('is replaced by the name and a space', () => {
    const text = 'hello @no and more'
    const query = mentionQueryAt(text, 9)
    expect(query && completeMention(text, query, 9, 'Novelist')).toEqual({
      text: 'hello @Novelist and more',
      caret: 16,
    })
  })
})
