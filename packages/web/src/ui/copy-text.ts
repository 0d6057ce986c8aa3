/** Puts text on the clipboard; rejects when the browser refuses. Pages on plain http have no clipboard API, a selection works there. */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext && navigator.clipboard) {
    await navigator.clipboard.writeText(text)
    return
  }
  const holder = document.createElement('textarea')
  const focused = document.activeElement
  holder.value = text
  holder.readOnly = true
  holder.className = 'fixed top-0 left-0 size-px opacity-0'
  // Inside the open dialog: its focus trap would take the selection away from an element outside.
  ;(document.activeElement?.closest('[role="dialog"], [role="alertdialog"]') ?? document.body).append(holder)
  holder.select()
  const copied = document.execCommand('copy')
  holder.remove()
  if (focused instanceof HTMLElement) focused.focus()
  if (!copied) throw new Error('The browser refused to copy.')
}
