/** What differs between keyboards of Apple systems and others. */
const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

const appleNames: Record<string, string> = { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↩', escape: 'esc' }
const otherNames: Record<string, string> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', enter: 'Enter', escape: 'Esc' }

/** `mod+shift+m` as the names printed on the keys. */
export function keyNames(combination: string): string[] {
  const names = isApple ? appleNames : otherNames
  return combination.split('+').map((key) => names[key] ?? key.toUpperCase())
}

/** True when the platform's command key (⌘ or Ctrl) is held. */
export function hasModifier(event: { metaKey: boolean; ctrlKey: boolean }): boolean {
  return isApple ? event.metaKey : event.ctrlKey
}
