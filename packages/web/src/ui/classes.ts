/** Joins class names, dropping the falsy ones. Later classes do not override earlier ones: never pass two of one property. */
export function cx(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
