/**
 * Keeps the reader's place. Whatever is added, removed or grows above or below, the row at the top edge stays where it is; a reader
 * at the bottom stays at the bottom. The DOM part; what to show is decided in `window.ts`.
 */

/** Closer to the end than this counts as being there. */
const AT_END_PX = 32

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
  #key: string | null = null
  #offset = 0
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
      const row = this.#row(this.#key)
      if (row) this.#scrollTo(row.offsetTop - this.#offset)
    }
    this.#remember()
  }

  toEnd(): void {
    this.following = true
    this.restore()
  }

  /** Puts a row at a share of the height from the top. False when it is not in the document. */
  toRow(key: string, share: number): boolean {
    const row = this.#row(key)
    if (row === null) return false
    this.following = false
    const { scroller } = this.#host
    const room = Math.max(0, scroller.clientHeight - row.offsetHeight)
    this.#scrollTo(row.offsetTop - Math.min(scroller.clientHeight * share, room))
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
    const row = rows[low] as HTMLElement | undefined
    this.#key = row?.dataset.key ?? null
    this.#offset = row ? row.offsetTop - top : 0
  }

  #row(key: string | null): HTMLElement | null {
    if (key === null) return null
    for (const row of this.#host.content.children)
      if ((row as HTMLElement).dataset.key === key) return row as HTMLElement
    return null
  }
}
