import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { languages } from './languages.ts'
import en from './locales/en/index.ts'
import zh from './locales/zh-CN/index.ts'

type Words = { readonly [key: string]: string | Words }

function flatten(words: Words, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') flat.set(prefix + key, value)
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text)
  }
  return flat
}

const PLURAL = /_(zero|one|two|few|many|other)$/
const stem = (key: string): string => key.replace(PLURAL, '')
const locales: Record<string, Map<string, Map<string, string>>> = {
  en: new Map(Object.entries(en as Record<string, Words>).map(([name, words]) => [name, flatten(words)])),
  'zh-CN': new Map(Object.entries(zh as Record<string, Words>).map(([name, words]) => [name, flatten(words)])),
}
const namespaces = Object.keys(en)
const wordsOf = (language: string, namespace: string): Map<string, string> =>
  locales[language]?.get(namespace) ?? new Map()

/** Every source file that can use words, with the namespaces it asks for. */
const root = join(import.meta.dirname, '..')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('locales/') && !path.includes('.test.'))
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const asked = [...text.matchAll(/useTranslation\(([^)]*)\)/g)].map(([, list = '']) =>
      [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name),
    )
    return {
      path,
      text,
      defaults: [...new Set(asked.map((names) => names[0] ?? 'common'))],
      asked: new Set(asked.flat()),
    }
  })

describe.each(namespaces)('the words of %s', (namespace) => {
  it('are the same in every language, with the plural forms of each', () => {
    const stems = new Set([...wordsOf('en', namespace).keys()].map(stem))
    const plurals = new Set([...wordsOf('en', namespace).keys()].filter((key) => PLURAL.test(key)).map(stem))
    const zeros = new Set([...wordsOf('en', namespace).keys()].filter((key) => key.endsWith('_zero')).map(stem))
    for (const { id } of languages) {
      const words = wordsOf(id, namespace)
      // i18next has a form for none in every language, wherever somebody wants it.
      const categories = [...new Intl.PluralRules(id).resolvedOptions().pluralCategories]
      const expected = [...stems].flatMap((key) =>
        plurals.has(key)
          ? [...categories, ...(zeros.has(key) ? ['zero'] : [])].map((category) => `${key}_${category}`)
          : [key],
      )
      expect([...words.keys()].sort(), id).toEqual(expected.sort())
    }
  })

  it('fill in the same values', () => {
    const values = (text: string): string[] => [...text.matchAll(/\{\{(\w+)/g)].map(([, name = '']) => name).sort()
    const wrong = [...wordsOf('zh-CN', namespace)].filter(([key, text]) => {
      const other = wordsOf('en', namespace).get(key)
      return other !== undefined && values(text).join() !== values(other).join()
    })
    expect(wrong).toEqual([])
  })

  it('are all used', () => {
    const unused = [...new Set([...wordsOf('en', namespace).keys()].map(stem))].filter(
      (key) =>
        !files.some(({ text, asked }) => {
          if (text.includes(`'${namespace}:${key}'`)) return true
          const prefixes = [...text.matchAll(/`((?:\w+:)?[\w.]+\.)\$\{/g)].map(([, prefix = '']) => prefix)
          if (prefixes.some((prefix) => `${namespace}:${key}`.startsWith(prefix))) return true
          return (
            asked.has(namespace) && (text.includes(`'${key}'`) || prefixes.some((prefix) => key.startsWith(prefix)))
          )
        }),
    )
    expect(unused).toEqual([])
  })

  it('have no exclamation marks and are not empty', () => {
    for (const { id } of languages)
      for (const [key, text] of wordsOf(id, namespace)) expect(text, `${id} ${key}`).toMatch(/^[^!！]+$/)
  })
})

it('every literal key in the code exists', () => {
  const known = (namespace: string, key: string): boolean =>
    [...wordsOf('en', namespace).keys()].some((candidate) => candidate === key || stem(candidate) === key)
  const missing = files.flatMap(({ path, text, defaults }) =>
    [...text.matchAll(/\bt\(\s*'([^']+)'/g)].flatMap(([, full = '']) => {
      const [namespace, key] = full.includes(':') ? full.split(':') : [undefined, full]
      const found = (namespace === undefined ? defaults : [namespace]).some((name) => known(name, key ?? ''))
      return found || (namespace === undefined && defaults.length === 0) ? [] : [`${path}: ${full}`]
    }),
  )
  expect(missing).toEqual([])
})
