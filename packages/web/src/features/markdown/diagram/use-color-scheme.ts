import { useSyncExternalStore } from 'react'

const media = '(prefers-color-scheme: dark)'

function subscribe(notify: () => void): () => void {
  const query = window.matchMedia(media)
  const observer = new MutationObserver(notify)
  query.addEventListener('change', notify)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => {
    query.removeEventListener('change', notify)
    observer.disconnect()
  }
}

function read(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'light' || chosen === 'dark') return chosen
  return window.matchMedia(media).matches ? 'dark' : 'light'
}

/** The scheme the page is drawn in, chosen or followed from the system. */
export function useColorScheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, read)
}
