/** Which of the three layouts of the shell applies. The widths are those of the Tailwind breakpoints `md` and `lg`. */
import { useSyncExternalStore } from 'react'

export type Layout = 'narrow' | 'medium' | 'wide'

const medium = matchMedia('(min-width: 820px)')
const wide = matchMedia('(min-width: 1180px)')

function subscribe(listener: () => void): () => void {
  medium.addEventListener('change', listener)
  wide.addEventListener('change', listener)
  return () => {
    medium.removeEventListener('change', listener)
    wide.removeEventListener('change', listener)
  }
}

const read = (): Layout => (wide.matches ? 'wide' : medium.matches ? 'medium' : 'narrow')

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, read)
}
