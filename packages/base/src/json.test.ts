import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasCode } from './errors.ts'
import { canonicalJson, parseJson } from './json.ts'

const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'none'
  } catch (error) {
    return hasCode(error, (error as { code: string }).code) ? (error as { code: string }).code : 'foreign'
  }
}

describe('parseJson', () => {
  test('returns what JSON.parse returns for any value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        fc.pre(!text.includes('__proto__'))
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test('names what is wrong', () => {
    expect(codeOf(() => parseJson('{"a":'))).toBe('json_invalid')
    expect(codeOf(() => parseJson('[['.repeat(40)))).toBe('json_too_deep')
    expect(codeOf(() => parseJson('"long text"', { maxLength: 5 }))).toBe('json_too_large')
  })

  test('brackets inside strings do not count as depth', () => {
    expect(parseJson(JSON.stringify('[{"\\'.repeat(200)))).toBe('[{"\\'.repeat(200))
  })

  test('__proto__ keys are dropped, plain or escaped ones never reach a prototype', () => {
    const value = parseJson('{"__proto__":{"admin":true},"a":{"__proto__":1}}') as Record<string, unknown>
    expect(value).toEqual({ a: {} })
    expect((value as { admin?: boolean }).admin).toBeUndefined()
    const escaped = parseJson('{"\\u005f_proto__":{"admin":true}}') as { admin?: boolean }
    expect(escaped.admin).toBeUndefined()
  })
})

describe('canonicalJson', () => {
  test('is the same for equal objects in any key order, and parses back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
        const shuffled = Object.fromEntries(Object.entries(record).toReversed())
        expect(canonicalJson(shuffled)).toBe(canonicalJson(record))
        expect(JSON.parse(canonicalJson(record))).toEqual(JSON.parse(JSON.stringify(record)))
      }),
    )
  })

  test('leaves out undefined members and sorts by code units', () => {
    expect(canonicalJson({ b: 1, a: undefined, B: [undefined, { z: 1, y: null }] })).toBe(
      '{"B":[null,{"y":null,"z":1}],"b":1}',
    )
  })
})
