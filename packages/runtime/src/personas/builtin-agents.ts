/** The agents a new installation starts with, as data. Hosts copy them once; afterwards they belong to their owner. */
import { butlerEn } from './souls/butler.en.ts'
import { butlerZh } from './souls/butler.zh.ts'
import { coderEn } from './souls/coder.en.ts'
import { coderZh } from './souls/coder.zh.ts'
import { editorEn } from './souls/editor.en.ts'
import { editorZh } from './souls/editor.zh.ts'
import { novelistEn } from './souls/novelist.en.ts'
import { novelistZh } from './souls/novelist.zh.ts'
import { translatorEn } from './souls/translator.en.ts'
import { translatorZh } from './souls/translator.zh.ts'

export type PersonaLanguage = 'zh-CN' | 'en'

export interface BuiltinAgent {
  readonly id: string
  /** An emoji. */
  readonly avatar: string
  /** Names of the built-in tools it is granted. */
  readonly tools: readonly string[]
  readonly localized: Readonly<Record<PersonaLanguage, { readonly name: string; readonly description: string }>>
  /** Text of SOUL.md. */
  readonly soul: Readonly<Record<PersonaLanguage, string>>
}

export const builtinAgents: readonly BuiltinAgent[] = [
  {
    id: 'agent_butler',
    avatar: '🤖',
    tools: ['current_time', 'fetch_page', 'call_agent'],
    localized: {
      'zh-CN': { name: '管家', description: '统筹安排、答疑解惑、汇总讨论，知道什么事该找谁' },
      en: { name: 'Butler', description: 'Plans, answers, sums up, and knows whom to ask' },
    },
    soul: { 'zh-CN': butlerZh, en: butlerEn },
  },
  {
    id: 'agent_novelist',
    avatar: '✍️',
    tools: ['call_agent'],
    localized: {
      'zh-CN': { name: '小说家', description: '写小说、诗歌、剧本和有温度的文字' },
      en: { name: 'Novelist', description: 'Stories, poems, scripts and warm words' },
    },
    soul: { 'zh-CN': novelistZh, en: novelistEn },
  },
  {
    id: 'agent_editor',
    avatar: '📝',
    tools: ['fetch_page', 'call_agent'],
    localized: {
      'zh-CN': { name: '编辑', description: '审读、润色、改写，让文字清楚有力' },
      en: { name: 'Editor', description: 'Reviews, polishes and rewrites texts' },
    },
    soul: { 'zh-CN': editorZh, en: editorEn },
  },
  {
    id: 'agent_translator',
    avatar: '🌐',
    tools: ['fetch_page'],
    localized: {
      'zh-CN': { name: '翻译官', description: '中英及多语种互译，忠实、自然、术语统一' },
      en: { name: 'Translator', description: 'Faithful, natural translation between languages' },
    },
    soul: { 'zh-CN': translatorZh, en: translatorEn },
  },
  {
    id: 'agent_coder',
    avatar: '💻',
    tools: ['current_time', 'fetch_page'],
    localized: {
      'zh-CN': { name: '代码助手', description: '写代码、查错、评审和技术讲解' },
      en: { name: 'Coder', description: 'Writes, debugs, reviews and explains code' },
    },
    soul: { 'zh-CN': coderZh, en: coderEn },
  },
]
