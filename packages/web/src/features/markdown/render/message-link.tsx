import type { ComponentProps, MouseEvent } from 'react'
import { safeLink } from '../parse/safe-url.ts'

/** A link that opens in a new tab and tells the other side nothing about us; an address we do not open is plain text. */
export function MessageLink({ href, children, id }: ComponentProps<'a'>) {
  const address = safeLink(href)
  if (address === null) return <span>{children}</span>
  if (address.startsWith('#')) {
    return (
      <a href={address} {...(id === undefined ? {} : { id })} onClick={(event) => showNote(event, address)}>
        {children}
      </a>
    )
  }
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow" title={address}>
      {children}
    </a>
  )
}

/** The router owns the page's address, so a footnote is scrolled to instead of navigated to. */
function showNote(event: MouseEvent, address: string): void {
  event.preventDefault()
  const note = document.getElementById(address.slice(1))
  if (!note) return
  note.tabIndex = -1
  note.scrollIntoView({ block: 'nearest' })
  note.focus({ preventScroll: true })
}
