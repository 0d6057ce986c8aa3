import { MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { showOverlay } from '../../app/shell/overlay-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { keyNames } from '../../ui/platform.ts'

/** The main pane while no chat is open (not on phones). */
export function ChatsHome() {
  const { t } = useTranslation('chat')
  return (
    <EmptyState
      icon={MessagesSquare}
      title={t('home.title')}
      action={<Button onClick={() => showOverlay('new-chat')}>{t('list.emptyAction')}</Button>}
    >
      {t('home.text', { keys: keyNames('mod+k').join(' ') })}
    </EmptyState>
  )
}
