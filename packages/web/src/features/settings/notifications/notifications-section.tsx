import { Bell, Volume2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { SwitchRow } from '../../../ui/switch.tsx'
import { SettingsGroup } from '../settings-group.tsx'
import { playChime } from './chime.ts'
import { desktopPermission, setNotify, useNotify } from './preferences.ts'

/** How this device tells of new messages while the app is not being looked at. */
export function NotificationsSection() {
  const { t } = useTranslation('settings')
  const { desktop, sound } = useNotify()
  const [permission, setPermission] = useState(desktopPermission)
  const switchDesktop = async (on: boolean): Promise<void> => {
    if (!on) return setNotify({ desktop: false })
    // Asked on this press and at no other time.
    const answer = permission === 'default' ? await Notification.requestPermission() : permission
    setPermission(answer)
    setNotify({ desktop: answer === 'granted' })
  }
  return (
    <SettingsGroup title={t('notify.title')} note={t('notify.note')}>
      <div className="flex flex-col divide-y divide-line rounded-md border border-line px-4">
        <SwitchRow
          icon={<Icon icon={Bell} className="text-muted" />}
          label={t('notify.desktop')}
          note={t('notify.desktopNote')}
          checked={desktop && permission === 'granted'}
          disabled={permission === 'unsupported' || permission === 'denied'}
          onChange={(on) => void switchDesktop(on)}
        />
        <SwitchRow
          icon={<Icon icon={Volume2} className="text-muted" />}
          label={t('notify.sound')}
          note={t('notify.soundNote')}
          checked={sound}
          onChange={(on) => {
            setNotify({ sound: on })
            if (on) playChime()
          }}
        />
      </div>
      {permission === 'denied' ? <Callout tone="warn">{t('notify.denied')}</Callout> : null}
      {permission === 'unsupported' ? <Callout>{t('notify.unsupported')}</Callout> : null}
      {sound ? (
        <Button size="sm" icon={Volume2} className="self-start" onClick={playChime}>
          {t('notify.tryOut')}
        </Button>
      ) : null}
      <p className="text-meta text-muted">{t('notify.perChat')}</p>
    </SettingsGroup>
  )
}
