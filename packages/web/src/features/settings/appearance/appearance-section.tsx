import '../../markdown/reading-size.css'
import './appearance.css'
import { Moon, Sun, SunMoon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { setLook, type TextSize, textSizes, useLook } from '../../../app/look.ts'
import { chooseLanguage, hasStoredLanguage, type LanguageId, languages } from '../../../i18n/index.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { Select } from '../../../ui/select.tsx'
import { SwitchRow } from '../../../ui/switch.tsx'
import { SettingsGroup } from '../settings-group.tsx'
import { AccentPicker } from './accent-picker.tsx'

/** How the app looks and feels on this device. */
export function AppearanceSection() {
  const { t } = useTranslation('settings')
  const look = useLook()
  const sizeNames: Record<TextSize, string> = {
    small: t('look.small'),
    normal: t('look.normal'),
    large: t('look.large'),
    huge: t('look.huge'),
  }
  return (
    <>
      <SettingsGroup title={t('look.theme')} note={t('look.deviceNote')}>
        <Segmented
          aria-label={t('look.theme')}
          className="self-start"
          value={look.theme}
          onChange={(theme) => setLook({ theme })}
          options={[
            { value: 'system', label: t('look.system'), icon: SunMoon },
            { value: 'light', label: t('look.light'), icon: Sun },
            { value: 'dark', label: t('look.dark'), icon: Moon },
          ]}
        />
      </SettingsGroup>
      <SettingsGroup title={t('look.accent')}>
        <AccentPicker value={look.accent} onChange={(accent) => setLook({ accent })} />
      </SettingsGroup>
      <SettingsGroup title={t('look.language')}>
        <LanguagePicker />
      </SettingsGroup>
      <SettingsGroup title={t('look.textSize')} note={t('look.textSizeNote')}>
        <Segmented
          aria-label={t('look.textSize')}
          className="self-start"
          value={look.textSize}
          onChange={(textSize) => setLook({ textSize })}
          options={textSizes.map((value) => ({ value, label: sizeNames[value] }))}
        />
        <p className="reading-size rounded-md border border-line bg-subtle px-4 py-3 text-fg">{t('look.sample')}</p>
      </SettingsGroup>
      <SettingsGroup title={t('look.writing')}>
        <SwitchRow
          label={t('look.enterSends')}
          note={look.enterSends ? t('look.enterSendsOn') : t('look.enterSendsOff')}
          checked={look.enterSends}
          onChange={(enterSends) => setLook({ enterSends })}
        />
      </SettingsGroup>
    </>
  )
}

function LanguagePicker() {
  const { t, i18n } = useTranslation('settings')
  const value = hasStoredLanguage() ? (i18n.language as LanguageId) : 'browser'
  return (
    <Select<LanguageId | 'browser'>
      aria-label={t('look.language')}
      className="max-w-80"
      value={value}
      onChange={(id) => void chooseLanguage(id === 'browser' ? null : id)}
      options={[
        { value: 'browser', label: t('look.followBrowser') },
        ...languages.map(({ id, name }) => ({ value: id, label: <span lang={id}>{name}</span> })),
      ]}
    />
  )
}
