import { Languages, Moon, Sun, SunMoon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { setLook, type Theme, useLook } from '../../app/look.ts'
import { chooseLanguage, hasStoredLanguage, languages } from '../../i18n/index.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'

const themeIcons = { system: SunMoon, light: Sun, dark: Moon } as const

/** Language and theme, for people who cannot reach the settings yet. */
export function LookMenus() {
  const { t, i18n } = useTranslation('login')
  const { theme } = useLook()
  const followsBrowser = !hasStoredLanguage()
  const themeNames: Record<Theme, string> = { system: t('followSystem'), light: t('light'), dark: t('dark') }
  return (
    <div className="flex gap-1">
      <Menu
        trigger={<IconButton icon={Languages} label={t('language')} size="lg" />}
        entries={[
          {
            key: 'browser',
            label: t('followBrowser'),
            checked: followsBrowser,
            onSelect: () => void chooseLanguage(null),
          },
          'separator',
          ...languages.map(({ id, name }) => ({
            key: id,
            label: <span lang={id}>{name}</span>,
            checked: !followsBrowser && i18n.language === id,
            onSelect: () => void chooseLanguage(id),
          })),
        ]}
      />
      <Menu
        trigger={<IconButton icon={themeIcons[theme]} label={t('theme')} size="lg" />}
        entries={(['system', 'light', 'dark'] as const).map((id) => ({
          key: id,
          label: themeNames[id],
          icon: themeIcons[id],
          checked: theme === id,
          onSelect: () => setLook({ theme: id }),
        }))}
      />
    </div>
  )
}
