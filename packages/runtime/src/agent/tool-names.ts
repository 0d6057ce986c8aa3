/** Names close to one a model made up, best first; all of them when none is close and they are few. */
export function closeNames(wanted: string, names: readonly string[]): readonly string[] {
  const plain = simplified(wanted)
  const close = names
    .map((name) => ({ name, distance: distanceOf(plain, simplified(name)) }))
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(plain.length / 3)))
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ name }) => name)
  return (close.length > 0 ? close : names).slice(0, close.length > 0 ? 3 : 10)
}

function simplified(name: string): string {
  // Only the last segment: some models write `functions.name`.
  return (name.slice(0, 100).split(/[.:/]/).at(-1) ?? '').toLowerCase().replace(/[^a-z0-9]/g, '')
}

function distanceOf(a: string, b: string): number {
  if (a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 0
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + change))
    }
    previous = row
  }
  return previous[b.length] ?? 0
}
