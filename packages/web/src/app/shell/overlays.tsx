import { lazy, Suspense } from 'react'
import { FallbackBoundary } from '../../ui/fallback-boundary.tsx'
import { toast } from '../../ui/toast.tsx'
import { useErrorText } from '../error-text.ts'
import { useOverlays } from './overlay-store.ts'

const Palette = lazy(() => import('../../features/palette/palette.tsx'))
const ShortcutSheet = lazy(() => import('../../features/palette/shortcut-sheet.tsx'))
const NewChatDialog = lazy(() => import('../../features/chats/new-chat-dialog.tsx'))

/** The app-wide dialogs; each is loaded when first opened. */
export function Overlays() {
  const { open, show } = useOverlays()
  const close = (): void => show(null)
  const errorText = useErrorText()
  const failed = (error: Error): void => {
    toast({ tone: 'danger', message: errorText(error) })
    close()
  }
  return (
    // A dialog that does not load must not take the app with it. Each opening is a new try.
    <FallbackBoundary key={open ?? ''} fallback={null} onError={failed}>
      <Suspense fallback={null}>
        {open === 'palette' ? <Palette onClose={close} /> : null}
        {open === 'shortcuts' ? <ShortcutSheet onClose={close} /> : null}
        {open === 'new-group' || open === 'new-chat' ? (
          <NewChatDialog kind={open === 'new-group' ? 'group' : 'direct'} onClose={close} />
        ) : null}
      </Suspense>
    </FallbackBoundary>
  )
}
