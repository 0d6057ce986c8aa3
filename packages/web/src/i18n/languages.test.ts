import { expect, it } from 'vitest'
import { matchLanguage } from './languages.ts'

it.each([
  [['zh-TW', 'en'], 'zh-CN'],
  [['zh-Hans-SG'], 'zh-CN'],
  [['fr-FR', 'en-GB', 'zh'], 'en'],
  [['de', 'zh-CN'], 'zh-CN'],
  [['ja'], 'en'],
  [[], 'en'],
])('%j is answered in %s', (wanted, language) => {
  expect(matchLanguage(wanted)).toBe(language)
})
