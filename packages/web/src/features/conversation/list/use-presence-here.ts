import { useSyncExternalStore } from 'react'

const isHere = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

function subscribe(listener: () => void): () => void {
  const events = new AbortController()
  const { signal } = events
  addEventListener('focus', listener, { signal })
  addEventListener('blur', listener, { signal })
  document.addEventListener('visibilitychange', listener, { signal })
  return () => events.abort()
}

/** True while the person can be looking: the page is visible and has the focus. */
export function usePresenceHere(): boolean {
  return useSyncExternalStore(subscribe, isHere)
}
