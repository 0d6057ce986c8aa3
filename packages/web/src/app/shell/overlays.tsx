import { lazy, Suspense } from 'react'
import { useOverlays } from './overlay-store.ts'

const Palette = lazy(() => import('../../features/palette/palette.tsx'))
const ShortcutSheet = lazy(() => import('../../features/palette/shortcut-sheet.tsx'))
const NewChatDialog = lazy(() => import('../../features/chats/new-chat-dialog.tsx'))

/** The app-wide dialogs; each is loaded when first opened. */
export function Overlays() {
  const { open, show } = useOverlays()
  const close = (): void => show(null)
  return (
    <Suspense fallback={null}>
      {open === 'palette' ? <Palette onClose={close} /> : null}
      {open === 'shortcuts' ? <ShortcutSheet onClose={close} /> : null}
      {open === 'new-group' || open === 'new-chat' ? (
        <NewChatDialog kind={open === 'new-group' ? 'group' : 'direct'} onClose={close} />
      ) : null}
    </Suspense>
  )
}
