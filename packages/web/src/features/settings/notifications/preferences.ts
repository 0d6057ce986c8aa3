/** Sound and desktop notifications of this device. Both are off until somebody asks for them. */
import { createStore, useStore } from 'zustand'

interface NotifyPreferences {
  readonly desktop: boolean
  readonly sound: boolean
}

const STORAGE_KEY = 'parley:notify'
const off: NotifyPreferences = { desktop: false, sound: false }

function stored(): NotifyPreferences {
  try {
    return { ...off, ...(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<NotifyPreferences>) }
  } catch {
    return off
  }
}

const store = createStore<NotifyPreferences>(stored)

export function setNotify(change: Partial<NotifyPreferences>): void {
  store.setState(change)
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(store.getState()))
  } catch {
    // Storage is full or blocked: the choice lasts until the tab closes.
  }
}

export function useNotify(): NotifyPreferences {
  return useStore(store)
}

/** Whether the browser lets us: `unsupported` where it has no notifications (or the page is not secure). */
export function desktopPermission(): NotificationPermission | 'unsupported' {
  return 'Notification' in window && window.isSecureContext ? Notification.permission : 'unsupported'
}
