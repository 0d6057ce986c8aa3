import type { ChannelMessage } from '@parley/core'

const KEPT = 500

/**
 * Which states of changed messages went out already. An entry is read as it is now, so the change entries behind it
 * would only repeat it.
 */
export class SentRevisions {
  readonly #revisions = new Map<string, number>()

  has({ id, revision }: ChannelMessage): boolean {
    return revision > 0 && (this.#revisions.get(id) ?? 0) >= revision
  }

  add({ id, revision }: ChannelMessage): void {
    if (revision === 0) return
    this.#revisions.set(id, revision)
    if (this.#revisions.size > KEPT) this.#revisions.delete(this.#revisions.keys().next().value as string)
  }
}
