import { useRef } from 'react'

/**
 * Gives the focus back to what opened a dialog. When that was an entry of a menu, the entry is gone by then and its
 * button gets the focus: otherwise it would be lost to the page.
 */
export function useFocusReturn(): {
  /** Call it when the dialog has opened, before the focus moves. */
  remember: () => void
  onCloseAutoFocus: (event: Event) => void
} {
  const opener = useRef<HTMLElement | null>(null)
  return {
    remember: () => {
      opener.current = openerOf(document.activeElement)
    },
    onCloseAutoFocus: (event) => {
      if (!opener.current?.isConnected) return
      event.preventDefault()
      opener.current.focus()
    },
  }
}

function openerOf(focused: Element | null): HTMLElement | null {
  const menu = focused?.closest('[role="menu"]')
  const button = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : focused
  return button instanceof HTMLElement && button !== document.body ? button : null
}
