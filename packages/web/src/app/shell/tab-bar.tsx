import { Link } from '@tanstack/react-router'
import { CircleUserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/icon.tsx'
import { places } from './places.ts'
import { UnreadDot } from './rail.tsx'
import { useUnread } from './use-unread.ts'

/** The places at the bottom of a phone. Settings is called “Me” there. */
export function TabBar() {
  const { t } = useTranslation('shell')
  const unread = useUnread()
  return (
    <nav
      aria-label={t('navigation')}
      className="flex shrink-0 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)]"
    >
      {places.map((place) => (
        <Link
          key={place.key}
          to={place.to}
          className="flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-micro text-muted transition-colors focus-visible:-outline-offset-2 data-[status=active]:font-medium data-[status=active]:text-accent-text"
          activeProps={{ 'aria-current': 'page' }}
        >
          <span className="relative">
            <Icon icon={place.key === 'settings' ? CircleUserRound : place.icon} size={22} />
            {place.key === 'chats' && unread.count > 0 ? (
              <span className="absolute -top-1 -right-2">
                <UnreadDot count={unread.count} mentioned={unread.mentions > 0} />
                <span className="sr-only">{unread.label}</span>
              </span>
            ) : null}
          </span>
          {place.key === 'settings' ? t('me') : t(`places.${place.key}`)}
        </Link>
      ))}
    </nav>
  )
}
