/** How the app looks and feels on this device: kept in local storage, applied to the root element (and before the first paint by `public/theme.js`). */
import { createStore, useStore } from 'zustand'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
export const accents = ['indigo', 'blue', 'teal', 'green', 'amber', 'rose', 'graphite'] as const
export type Accent = (typeof accents)[number]
export const textSizes = ['small', 'normal', 'large', 'huge'] as const
export type TextSize = (typeof textSizes)[number]

export interface Look {
  readonly theme: Theme
  readonly accent: Accent
  /** Size of the text of messages. */
  readonly textSize: TextSize
  /** Enter sends and Shift+Enter breaks the line; otherwise Enter breaks and ⌘/Ctrl+Enter sends. */
  readonly enterSends: boolean
  /** Whether the details pane of conversations is open on wide screens. */
  readonly detailsOpen: boolean
}

const STORAGE_KEY = 'parley:look'
const initial: Look = { theme: 'system', accent: 'indigo', textSize: 'normal', enterSends: true, detailsOpen: false }

function stored(): Look {
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<Look>) }
  } catch {
    return initial
  }
}

const store = createStore<Look>(stored)

store.subscribe((look) => {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(look))
  } catch {
    // Storage is full or blocked: the choice lasts until the tab closes.
  }
  apply(look)
})

function apply(look: Look): void {
  const root = document.documentElement
  if (look.theme === 'system') delete root.dataset.theme
  else root.dataset.theme = look.theme
  if (look.accent === 'indigo') delete root.dataset.accent
  else root.dataset.accent = look.accent
  if (look.textSize === 'normal') delete root.dataset.textSize
  else root.dataset.textSize = look.textSize
}

export function setLook(change: Partial<Look>): void {
  store.setState(change)
}

export function useLook(): Look {
  return useStore(store)
}
