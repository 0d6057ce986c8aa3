/** The interface languages. `id` is a BCP 47 tag and the folder name under `locales/`. */
export const languages = [
  { id: 'en', name: 'English' },
  { id: 'zh-CN', name: '简体中文' },
] as const

export type LanguageId = (typeof languages)[number]['id']

const STORAGE_KEY = 'parley:language'

/** The stored choice, else the first of the browser's languages we speak, else English. */
export function preferredLanguage(): LanguageId {
  const stored = localStorage.getItem(STORAGE_KEY)
  if (isLanguage(stored)) return stored
  return matchLanguage(navigator.languages)
}

/** Any Chinese is answered in Simplified Chinese, anything else in English. */
export function matchLanguage(wanted: readonly string[]): LanguageId {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split('-')[0]
    if (primary === 'zh') return 'zh-CN'
    if (primary === 'en') return 'en'
  }
  return 'en'
}

/** `null` follows the browser again. */
export function storeLanguage(id: LanguageId | null): void {
  if (id === null) localStorage.removeItem(STORAGE_KEY)
  else localStorage.setItem(STORAGE_KEY, id)
}

export function hasStoredLanguage(): boolean {
  return isLanguage(localStorage.getItem(STORAGE_KEY))
}

function isLanguage(value: string | null): value is LanguageId {
  return languages.some((language) => language.id === value)
}
