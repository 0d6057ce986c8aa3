import { ArrowUpRight, Keyboard } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAppName, useCan, useSettings } from '../../../app/queries.ts'
import { showOverlay } from '../../../app/shell/overlay-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import { SettingsGroup } from '../settings-group.tsx'
import { WorkspaceName } from './workspace-name.tsx'

/** What this installation is, how to use it faster, and where its interface is described. */
export function AboutSection() {
  const { t } = useTranslation('settings')
  const name = useAppName()
  const mayRead = useCan('member')
  const mayChange = useCan('admin')
  const { data: settings } = useSettings(mayRead)
  return (
    <>
      <div className="flex items-center gap-4">
        <img src="/icon.svg" alt="" width={56} height={56} className="size-14" />
        <div>
          <p className="text-heading font-semibold text-fg">{name}</p>
          <p className="text-meta text-muted">
            {settings ? t('about.version', { version: settings.version }) : t('about.tagline')}
          </p>
        </div>
      </div>
      {mayChange ? <WorkspaceName key={name} name={name} /> : null}
      <SettingsGroup title={t('about.shortcuts')} note={t('about.shortcutsNote')}>
        <div className="flex items-center gap-3">
          <Button icon={Keyboard} onClick={() => showOverlay('shortcuts')}>
            {t('about.showShortcuts')}
          </Button>
          <span className="hidden md:inline">
            <Kbd keys="?" />
          </span>
        </div>
      </SettingsGroup>
      <SettingsGroup title={t('about.api')} note={t('about.apiNote')}>
        <a
          href="/api/docs"
          target="_blank"
          rel="noopener"
          className="inline-flex h-10 items-center gap-1 self-start font-medium text-accent-text hover:underline"
        >
          {t('about.openApi')}
          <Icon icon={ArrowUpRight} size={16} />
        </a>
      </SettingsGroup>
      <SettingsGroup title={t('about.privacy')}>
        <p className="text-ui text-soft">{t('about.privacyText')}</p>
      </SettingsGroup>
    </>
  )
}
