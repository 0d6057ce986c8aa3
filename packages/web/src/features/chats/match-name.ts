/** True when every word of the search occurs in the name, whatever the case, width or accents. */
export function matchesName(name: string, search: string): boolean {
  const folded = fold(name)
  return fold(search)
    .split(/\s+/)
    .every((word) => folded.includes(word))
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
