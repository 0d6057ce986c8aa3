import { useTranslation } from 'react-i18next'
import type { SettingsSection } from './sections.ts'

/** The name of a section in the interface language. */
export function useSectionName(): (id: SettingsSection['id']) => string {
  const { t } = useTranslation('settings')
  return (id) => {
    switch (id) {
      case 'models':
        return t('sections.models')
      case 'appearance':
        return t('sections.appearance')
      case 'notifications':
        return t('sections.notifications')
      case 'sessions':
        return t('sections.sessions')
      case 'about':
        return t('sections.about')
    }
  }
}
