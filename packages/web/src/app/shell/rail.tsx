import { Link, useNavigate } from '@tanstack/react-router'
import { Keyboard, LogOut, Palette } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useConnection } from '../live.ts'
import { useMe } from '../queries.ts'
import { useLogout } from '../use-logout.ts'
import { useOverlays } from './overlay-store.ts'
import { places } from './places.ts'
import { useUnread } from './use-unread.ts'

/** The narrow column of places at the left edge. */
export function Rail() {
  const { t } = useTranslation('shell')
  return (
    <nav
      aria-label={t('navigation')}
      className="flex w-14 shrink-0 flex-col items-center gap-1 border-r border-line bg-subtle py-2 lg:w-16"
    >
      {places.map((place) => (
        <RailLink key={place.key} to={place.to} icon={place.icon} label={t(`places.${place.key}`)} />
      ))}
      <span className="flex-1" />
      <AccountMenu />
    </nav>
  )
}

function RailLink({ to, icon, label }: Pick<(typeof places)[number], 'to' | 'icon'> & { label: string }) {
  const unread = useUnread()
  const badge = to === '/chats' ? unread : null
  return (
    <Tooltip label={label} side="right">
      <Link
        to={to}
        aria-label={badge && badge.count > 0 ? `${label}, ${badge.label}` : label}
        className="relative flex size-10 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-fg data-[status=active]:bg-accent-ground data-[status=active]:text-accent-text"
        activeProps={{ 'aria-current': 'page' }}
      >
        <Icon icon={icon} size={21} />
        {badge && badge.count > 0 ? <UnreadDot count={badge.count} mentioned={badge.mentions > 0} /> : null}
      </Link>
    </Tooltip>
  )
}

export function UnreadDot({ count, mentioned }: { count: number; mentioned: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`tabular absolute -top-0.5 -right-0.5 flex h-4 min-w-4 items-center justify-center rounded-full px-1 text-[10px] leading-none font-semibold ring-2 ring-subtle ${
        mentioned ? 'bg-accent text-on-accent' : 'bg-inverse text-on-inverse'
      }`}
    >
      {count > 99 ? '99+' : count}
    </span>
  )
}

function AccountMenu() {
  const { t } = useTranslation('shell')
  const me = useMe()
  const online = useConnection().phase === 'open'
  const navigate = useNavigate()
  const logOut = useLogout()
  const { show } = useOverlays()
  return (
    <Menu
      side="right"
      align="end"
      title={me.name}
      trigger={
        <button
          type="button"
          aria-label={t('account')}
          className="flex size-10 items-center justify-center rounded-full transition-opacity hover:opacity-85"
        >
          <Avatar id={me.id} name={me.name} avatar={me.avatar} size={32} presence={online ? 'online' : 'offline'} />
        </button>
      }
      entries={[
        { key: 'me', label: t('places.settings'), icon: Palette, onSelect: () => void navigate({ to: '/settings' }) },
        { key: 'keys', label: t('shortcuts.title'), icon: Keyboard, shortcut: '?', onSelect: () => show('shortcuts') },
        'separator',
        { key: 'out', label: t('logOut'), icon: LogOut, onSelect: () => void logOut() },
      ]}
    />
  )
}
