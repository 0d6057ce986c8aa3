import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMentions, type Mentionable } from './mentions.ts'

const team: readonly Mentionable[] = [
  { id: 'novelist', names: ['小说家', 'Novelist', 'novelist'] },
  { id: 'novel', names: ['小说'] },
  { id: 'coder', names: ['代码助手', 'Code assistant', 'coder'] },
  { id: 'code', names: ['Code'] },
  { id: 'user_bob', names: ['Bob'] },
  { id: 'types', names: ['types'] },
  { id: 'ab', names: ['b'] },
  { id: 'com', names: ['b.com'] },
]

function mentioned(text: string, members: readonly Mentionable[] = team): readonly string[] {
  return findMentions(text, members).ids
}

describe('findMentions', () => {
  it.each([
    ['@小说家 写一首诗', ['novelist']],
    ['@小说家写一首诗', ['novelist']],
    ['你好@小说家，请写', ['novelist']],
    ['@小说 家', ['novel']],
    ['＠小说家 全角', ['novelist']],
    ['@Code assistant hello', ['coder']],
    ['@code ASSISTANT hello', ['coder']],
    ['@Code  assistant with two spaces', ['coder']],
    ['@Code assistants are many', ['code']],
    ['@Code review please', ['code']],
    ['@coder, @Bob!', ['coder', 'user_bob']],
    ['@Bob @coder @Bob', ['user_bob', 'coder']],
    ["@Bob's turn", ['user_bob']],
    ['(@Bob)', ['user_bob']],
    ['@Bob你好', ['user_bob']],
    ['@小说家/@代码助手 看看', ['novelist', 'coder']],
    ['**@Bob**', ['user_bob']],
    ['thanks, @Bob.', ['user_bob']],
    ['@Bob.\nNext line', ['user_bob']],
  ])('finds in %j', (text, expected) => {
    expect(mentioned(text)).toEqual(expected)
  })

  it.each([
    'a@b.com',
    'write to bob@b.com today',
    'import x from "@types/node"',
    '@Bobby',
    '@Bob_2',
    'no at sign: Bob',
    '`@Bob`',
    '``@Bob ` still code``',
    '```\n@Bob\n```',
    '```ts\n@Bob',
    '~~~\n@Bob\n~~~',
    'https://example.com/@Bob',
    '@',
    '@ Bob',
  ])('finds nobody in %j', (text) => {
    expect(mentioned(text)).toEqual([])
  })

  it('reads on after code', () => {
    expect(mentioned('```\n@Bob\n```\n@coder')).toEqual(['coder'])
    expect(mentioned('`a` @Bob `b`')).toEqual(['user_bob'])
    expect(mentioned('a lone ` then @Bob')).toEqual(['user_bob'])
  })

  it.each(['@all', '@ALL please', '@所有人 开会', '@全体成员：'])('addresses everybody in %j', (text) => {
    expect(findMentions(text, team).everybody).toBe(true)
  })

  it.each(['@allan', 'mail@all', '`@all`'])('addresses not everybody in %j', (text) => {
    expect(findMentions(text, team).everybody).toBe(false)
  })

  const name = fc
    .stringMatching(/^[A-Za-z\u4e00-\u9fff0-9]([A-Za-z\u4e00-\u9fff0-9 ]{0,10}[A-Za-z\u4e00-\u9fff0-9])?$/)
    .filter((text) => !/^(all|所有人|全体成员)$/i.test(text.trim()) && !/ {2}/.test(text))

  it('finds any name that stands alone, in any case', () => {
    fc.assert(
      fc.property(name, fc.constantFrom(' ', ', ', '。', '\n', '!'), fc.boolean(), (text, after, upper) => {
        const written = upper ? text.toUpperCase() : text.toLowerCase()
        expect(mentioned(`hello @${written}${after}`, [{ id: 'x', names: [text] }])).toEqual(['x'])
      }),
    )
  })

  it('prefers the longest of names that are prefixes of each other', () => {
    fc.assert(
      fc.property(name, name, (short, tail) => {
        const long = `${short}${tail}`
        fc.pre(long.toLowerCase() !== short.toLowerCase())
        const members = [
          { id: 'short', names: [short] },
          { id: 'long', names: [long] },
        ]
        expect(mentioned(`@${long} hi`, members)).toEqual(['long'])
        expect(mentioned(`@${short}, hi`, members)).toEqual(['short'])
      }),
    )
  })

  it('never finds anybody inside an e-mail address or in code', () => {
    fc.assert(
      fc.property(name, fc.stringMatching(/^[a-z0-9]{1,8}$/), (text, local) => {
        const members = [{ id: 'x', names: [text] }]
        expect(mentioned(`mail ${local}@${text}.com`, members)).toEqual([])
        expect(mentioned(`see \`@${text}\` there`, members)).toEqual([])
        expect(mentioned(`\`\`\`\n@${text}\n\`\`\``, members)).toEqual([])
      }),
    )
  })

  it('finds members only, each once, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const { ids } = findMentions(`${text}@Bob ${text}`, team)
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of ids) expect(team.map((member) => member.id)).toContain(id)
      }),
    )
  })

  it('stays quick on hostile texts', () => {
    const hostile = ['@'.repeat(100_000), '`'.repeat(100_000), '` `` '.repeat(20_000), '```\n@a\n'.repeat(15_000)]
    for (const text of hostile) expect(mentioned(text)).toEqual([])
  })

  it('is not slowed down by piles of combining marks', () => {
    // Normalised as a whole, a single pile of this height takes minutes.
    const pile = `a${'\u0301\u0316'.repeat(500_000)}`
    expect(mentioned(`@Bob ${pile}`)).toEqual(['user_bob'])
    expect(mentioned(`${pile} @Bob`)).toEqual(['user_bob'])
  })

  it('finds decomposed and wide names wherever a long text is cut into pieces', () => {
    const members = [{ id: 'zoe', names: ['Zoë'] }]
    for (let padding = 1_000; padding < 1_040; padding++) {
      expect(mentioned(`${'.'.repeat(padding)} @Zoe\u0308 hi`, members)).toEqual(['zoe'])
      expect(mentioned(`${'😀'.repeat(padding / 2)} ＠ＺＯＥ\u0308 hi`, members)).toEqual(['zoe'])
    }
  })
})
