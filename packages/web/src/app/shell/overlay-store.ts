/** Which of the app-wide overlays is open. */
import { createStore, useStore } from 'zustand'

export type OverlayName = 'palette' | 'shortcuts' | 'new-group' | 'new-chat'

const store = createStore<{ open: OverlayName | null }>(() => ({ open: null }))

export const showOverlay = (open: OverlayName | null): void => store.setState({ open })

export function useOverlays(): { open: OverlayName | null; show: (name: OverlayName | null) => void } {
  const open = useStore(store, (state) => state.open)
  return { open, show: showOverlay }
}

/** Whether an overlay is open, for code outside of React. */
export const isOverlayOpen = (): boolean => store.getState().open !== null
