import { Link } from '@tanstack/react-router'
import { ChevronRight, LogOut } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLayout } from '../../app/layout.ts'
import { PaneHeader } from '../../app/pane-header.tsx'
import { useCan, useMe } from '../../app/queries.ts'
import { useLogout } from '../../app/use-logout.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/icon.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { type SettingsSection, settingsSections } from './sections.ts'
import { useSectionName } from './use-section-name.ts'

/** The own profile, the sections, and the way out. */
export function SettingsList({ open }: { open: string | undefined }) {
  const { t } = useTranslation('settings')
  return (
    <>
      <PaneHeader kind="list" title={t('title')} />
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        <ProfileRow />
        <ul className="mt-2 flex flex-col gap-0.5">
          {settingsSections.map((section) => (
            <SectionRow key={section.id} section={section} selected={section.id === open} />
          ))}
        </ul>
        <div className="mt-2 border-t border-line pt-2">
          <LogOutRow />
        </div>
      </div>
    </>
  )
}

const row =
  'flex min-h-11 w-full items-center gap-3 rounded-md px-2.5 text-ui transition-colors focus-visible:-outline-offset-2'

function ProfileRow() {
  const { t } = useTranslation('common')
  const me = useMe()
  const narrow = useLayout() === 'narrow'
  return (
    <Link
      to="/people/$personId"
      params={{ personId: me.id }}
      className={cx(row, 'py-2 hover:bg-hover active:bg-active')}
    >
      <Avatar id={me.id} name={me.name} avatar={me.avatar} size={40} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-fg">{me.name}</span>
        <span className="block text-meta text-muted">{t(`role.${me.role}`)}</span>
      </span>
      {narrow ? <Icon icon={ChevronRight} size={16} className="text-faint" /> : null}
    </Link>
  )
}

function SectionRow({ section, selected }: { section: SettingsSection; selected: boolean }) {
  const nameOf = useSectionName()
  const narrow = useLayout() === 'narrow'
  if (!useCan(section.role)) return null
  return (
    <li>
      <Link
        to="/settings/$section"
        params={{ section: section.id }}
        aria-current={selected ? 'page' : undefined}
        className={cx(
          row,
          selected ? 'bg-accent-ground font-medium text-accent-text' : 'text-fg hover:bg-hover active:bg-active',
        )}
      >
        <Icon icon={section.icon} size={18} className={selected ? undefined : 'text-muted'} />
        <span className="min-w-0 flex-1 truncate">{nameOf(section.id)}</span>
        {narrow ? <Icon icon={ChevronRight} size={16} className="text-faint" /> : null}
      </Link>
    </li>
  )
}

function LogOutRow() {
  const { t } = useTranslation('settings')
  const logOut = useLogout()
  const [busy, setBusy] = useState(false)
  return (
    <button
      type="button"
      disabled={busy}
      onClick={() => {
        setBusy(true)
        void logOut().finally(() => setBusy(false))
      }}
      className={cx(row, 'text-left text-fg hover:bg-hover active:bg-active')}
    >
      {busy ? <Spinner size={18} /> : <Icon icon={LogOut} size={18} className="text-muted" />}
      {t('logOut')}
    </button>
  )
}
