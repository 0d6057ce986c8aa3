/** i18next set-up: only the language in use is loaded; keys are typed from the English files. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type LanguageId, preferredLanguage, storeLanguage } from './languages.ts'

const loaders: Record<LanguageId, () => Promise<{ default: Record<string, object> }>> = {
  en: () => import('./locales/en/index.ts'),
  'zh-CN': () => import('./locales/zh-CN/index.ts'),
}

const loaded = new Set<LanguageId>()

async function load(language: LanguageId): Promise<void> {
  if (loaded.has(language)) return
  const resources = (await loaders[language]()).default
  for (const [namespace, words] of Object.entries(resources)) i18next.addResourceBundle(language, namespace, words)
  loaded.add(language)
}

/** Loads the preferred language; resolves when the first screen can be drawn. */
export async function startI18n(): Promise<void> {
  const language = preferredLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: [],
    defaultNS: 'common',
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false, bindI18nStore: 'added' },
    partialBundledLanguages: true,
  })
  await load(language)
  announce(language)
}

/** Switches the interface language; `null` follows the browser. */
export async function chooseLanguage(choice: LanguageId | null): Promise<void> {
  storeLanguage(choice)
  const language = choice ?? preferredLanguage()
  await load(language)
  await i18next.changeLanguage(language)
  announce(language)
}

function announce(language: LanguageId): void {
  document.documentElement.lang = language
}

export { hasStoredLanguage, type LanguageId, languages } from './languages.ts'
