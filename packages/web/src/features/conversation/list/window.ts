/**
 * Which of the rows are in the document. A conversation of any length keeps a bounded number of rows there; the window moves when
 * the reader comes near one of its ends. Pure.
 */
export interface RowWindow {
  /** Key of the first row; null counts back from the end. */
  readonly startKey: string | null
  /** Key of the last row; null follows the newest one. */
  readonly endKey: string | null
}

export interface Range {
  /** Index of the first row. */
  readonly start: number
  /** Index behind the last row. */
  readonly end: number
}

/** Rows shown at first. */
export const INITIAL = 60
/** Rows added at an end at once. */
export const STEP = 40
/** Most rows in the document. */
export const MAX = 180

export const newestWindow: RowWindow = { startKey: null, endKey: null }

interface Keyed {
  readonly key: string
}

/** The indexes of the window among the present rows. A key that has gone falls back to the end. */
export function rangeOf(window: RowWindow, rows: readonly Keyed[]): Range {
  const last = window.endKey === null ? -1 : rows.findLastIndex((row) => row.key === window.endKey)
  const end = last === -1 ? rows.length : last + 1
  const first = window.startKey === null ? -1 : rows.findIndex((row) => row.key === window.startKey)
  const start = first === -1 ? Math.max(0, end - INITIAL) : Math.max(Math.min(first, end), end - MAX, 0)
  return { start, end }
}

/** More rows above; the far end lets go of what is too much. Returns the same window when there are no more rows. */
export function extendUp(window: RowWindow, rows: readonly Keyed[]): RowWindow {
  const { start, end } = rangeOf(window, rows)
  if (start === 0) return window
  const nextStart = Math.max(0, start - STEP)
  const nextEnd = Math.min(end, nextStart + MAX)
  return {
    startKey: rows[nextStart]?.key ?? null,
    endKey: nextEnd === rows.length ? null : (rows[nextEnd - 1]?.key ?? null),
  }
}

/** More rows below. */
export function extendDown(window: RowWindow, rows: readonly Keyed[]): RowWindow {
  const { start, end } = rangeOf(window, rows)
  if (end === rows.length) return window.endKey === null ? window : { ...window, endKey: null }
  const nextEnd = Math.min(rows.length, end + STEP)
  const nextStart = Math.max(start, nextEnd - MAX)
  return {
    startKey: rows[nextStart]?.key ?? null,
    endKey: nextEnd === rows.length ? null : (rows[nextEnd - 1]?.key ?? null),
  }
}

/** A window around a row, for jumping to it. */
export function windowAround(key: string, rows: readonly Keyed[]): RowWindow {
  const index = rows.findIndex((row) => row.key === key)
  if (index === -1) return newestWindow
  const start = Math.max(0, index - INITIAL / 2)
  const end = Math.min(rows.length, start + INITIAL)
  return { startKey: rows[start]?.key ?? null, endKey: end === rows.length ? null : (rows[end - 1]?.key ?? null) }
}

/** While the reader follows the newest row, old rows above may go: the window starts to count from the end again. */
export function settleAtEnd(window: RowWindow, rows: readonly Keyed[]): RowWindow {
  const { start, end } = rangeOf(window, rows)
  return end === rows.length && end - start > MAX - STEP ? newestWindow : window
}
