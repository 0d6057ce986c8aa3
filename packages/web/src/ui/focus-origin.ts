/** Whether the last thing the person did was moving the focus by keyboard. Focus that code moves does not count. */
let byTab = false

if (typeof document !== 'undefined') {
  document.addEventListener('keydown', (event) => void (byTab = event.key === 'Tab'), { capture: true, passive: true })
  document.addEventListener('pointerdown', () => void (byTab = false), { capture: true, passive: true })
}

export const isFocusByTab = (): boolean => byTab
