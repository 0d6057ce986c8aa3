import type { Channel } from '@parley/protocol/workspace'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLayout } from '../../app/layout.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { DetailsContent } from './details-content.tsx'

/** Details beside the conversation on wide screens, sliding over it on smaller ones. */
export function DetailsPane({ open, onClose, channel }: { open: boolean; onClose: () => void; channel: Channel }) {
  const { t } = useTranslation('details')
  const layout = useLayout()
  if (layout === 'wide') {
    if (!open) return null
    return (
      <aside aria-label={t('title')} className="flex w-85 shrink-0 flex-col border-l border-line bg-canvas">
        <Header onClose={onClose} title={<h2 className="flex-1 text-body font-semibold">{t('title')}</h2>} />
        <DetailsContent channel={channel} />
      </aside>
    )
  }
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-fade-in bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          className="fixed inset-y-0 right-0 z-30 flex w-full animate-slide-in flex-col bg-canvas pb-[env(safe-area-inset-bottom)] shadow-float outline-none md:w-85"
        >
          <Header
            onClose={onClose}
            title={<Radix.Title className="flex-1 text-body font-semibold">{t('title')}</Radix.Title>}
          />
          <DetailsContent channel={channel} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Header({ title, onClose }: { title: ReactNode; onClose: () => void }) {
  const { t } = useTranslation('details')
  return (
    <header className="flex h-14 shrink-0 items-center border-b border-line pr-2 pl-5">
      {title}
      <IconButton icon={X} label={t('close')} onClick={onClose} />
    </header>
  )
}
