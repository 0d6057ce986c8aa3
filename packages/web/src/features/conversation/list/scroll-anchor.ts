/**
 * Keeps the reader's place. Whatever is added, removed or grows above or below, the row at the top edge stays where it is; a reader
 * at the bottom stays at the bottom. The DOM part; what to show is decided in `window.ts`.
 */

/** Closer to the end than this counts as being there. */
const AT_END_PX = 32
/** Rows remembered as the place. */
const PLACES = 4

export interface AnchorHost {
  /** The scrolling element. */
  readonly scroller: HTMLElement
  /** Its child whose children are the rows, each with `data-key`. */
  readonly content: HTMLElement
}

export class ScrollAnchor {
  /** True while the view follows the newest row. */
  following = true
  readonly #host: AnchorHost
  /** The rows at the top edge with their distance from it. Several, because a row may go away. */
  #places: readonly { readonly key: string; readonly offset: number }[] = []
  /** What this class scrolled to last: an event for it says nothing about the reader. */
  #ownTop = -1

  constructor(host: AnchorHost) {
    this.#host = host
  }

  get distanceToEnd(): number {
    const { scroller } = this.#host
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight
  }

  /** The reader scrolled (or the browser did): remember the new place. `mayFollow`: the newest row is in the document. */
  scrolled(mayFollow: boolean): void {
    const { scroller } = this.#host
    if (Math.abs(scroller.scrollTop - this.#ownTop) > 1) {
      this.#ownTop = -1
      this.following = mayFollow && this.distanceToEnd < AT_END_PX
    }
    this.#remember()
  }

  /** Layout has changed: put the place back. Called before painting. */
  restore(): void {
    if (this.following) this.#scrollTo(this.#host.scroller.scrollHeight)
    else {
      for (const { key, offset } of this.#places) {
        const row = this.#row(key)
        if (row === null) continue
        this.#scrollTo(row.offsetTop - offset)
        break
      }
    }
    this.#remember()
  }

  toEnd(): void {
    this.following = true
    this.restore()
  }

  /** Puts a row at a share of the height from the top. False when it is not in the document. `mayFollow` as in `scrolled`. */
  toRow(key: string, share: number, mayFollow: boolean): boolean {
    const row = this.#row(key)
    if (row === null) return false
    const { scroller } = this.#host
    const room = Math.max(0, scroller.clientHeight - row.offsetHeight)
    this.#scrollTo(row.offsetTop - Math.min(scroller.clientHeight * share, room))
    // A row near the end leaves the reader at the end.
    this.following = mayFollow && this.distanceToEnd < AT_END_PX
    this.#remember()
    return true
  }

  /** Key of the last row of which a readable part is on screen. */
  lastVisibleKey(): string | null {
    const { scroller, content } = this.#host
    const edge = scroller.scrollTop + scroller.clientHeight - 24
    const rows = content.children
    for (let index = rows.length - 1; index >= 0; index--) {
      const row = rows[index] as HTMLElement
      if (row.dataset.key !== undefined && row.offsetTop < edge) return row.dataset.key
    }
    return null
  }

  #scrollTo(top: number): void {
    const { scroller } = this.#host
    if (Math.abs(scroller.scrollTop - top) >= 1) scroller.scrollTop = top
    this.#ownTop = scroller.scrollTop
  }

  #remember(): void {
    const { scroller, content } = this.#host
    const top = scroller.scrollTop
    const rows = content.children
    // Rows are in order of position: find the first one that reaches below the top edge.
    let low = 0
    let high = rows.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      const row = rows[middle] as HTMLElement
      if (row.offsetTop + row.offsetHeight > top) high = middle
      else low = middle + 1
    }
    const places: { key: string; offset: number }[] = []
    for (let index = low; index < rows.length && places.length < PLACES; index++) {
      const row = rows[index] as HTMLElement
      // Separators move when pages join above them; only messages stay what they are.
      if (row.ariaPosInSet !== null && row.dataset.key !== undefined)
        places.push({ key: row.dataset.key, offset: row.offsetTop - top })
    }
    this.#places = places
  }

  #row(key: string): HTMLElement | null {
    for (const row of this.#host.content.children)
      if ((row as HTMLElement).dataset.key === key) return row as HTMLElement
    return null
  }
}
