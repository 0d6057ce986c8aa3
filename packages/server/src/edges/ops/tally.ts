/** A counter with labels, kept as plain numbers. */
export class Tally<Label extends string> {
  readonly labels: readonly Label[]
  readonly #counts = new Map<string, { readonly labels: Readonly<Record<Label, string>>; value: number }>()

  constructor(labels: readonly Label[]) {
    this.labels = labels
  }

  add(labels: Readonly<Record<Label, string>>, value = 1): void {
    const key = this.labels.map((label) => labels[label]).join('\u0000')
    const entry = this.#counts.get(key)
    if (entry === undefined) this.#counts.set(key, { labels, value })
    else entry.value += value
  }

  entries(): Iterable<{ readonly labels: Readonly<Record<Label, string>>; readonly value: number }> {
    return this.#counts.values()
  }
}
