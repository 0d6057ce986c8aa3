/**
 * Which of the rows are in the document. A conversation of any length keeps a bounded number of rows there; the window moves when
 * the reader comes near one of its ends. Its ends are named by messages: separators come and go when pages join. Pure.
 */
export interface RowWindow {
  /** Key of the first message; null counts back from the end. */
  readonly startKey: string | null
  /** Key of the last message; null follows the newest one. */
  readonly endKey: string | null
}

export interface Range {
  /** Index of the first row. */
  readonly start: number
  /** Index behind the last row. */
  readonly end: number
}

/** What the window needs to know of a row. */
export interface WindowRow {
  readonly key: string
  readonly type?: string
}

/** Rows shown at first. */
export const INITIAL = 60
/** Rows added at an end at once. */
export const STEP = 40
/** Most rows in the document, give or take separators. */
export const MAX = 180

export const newestWindow: RowWindow = { startKey: null, endKey: null }

/** The indexes of the window among the present rows. A key that has gone falls back to the end. */
export function rangeOf(window: RowWindow, rows: readonly WindowRow[]): Range {
  const last = window.endKey === null ? -1 : rows.findLastIndex((row) => row.key === window.endKey)
  const end = last === -1 ? rows.length : last + 1
  const first = window.startKey === null ? -1 : rows.findIndex((row) => row.key === window.startKey)
  const start = first === -1 ? Math.max(0, end - INITIAL) : Math.max(Math.min(first, end), end - MAX, 0)
  return { start: withSeparators(rows, start), end }
}

/** More rows above; the far end lets go of what is too much. Returns the same window when there are no more rows. */
export function extendUp(window: RowWindow, rows: readonly WindowRow[]): RowWindow {
  const { start, end } = rangeOf(window, rows)
  if (start === 0) return window
  const nextStart = Math.max(0, start - STEP)
  return windowOf(rows, nextStart, Math.min(end, nextStart + MAX))
}

/** More rows below. */
export function extendDown(window: RowWindow, rows: readonly WindowRow[]): RowWindow {
  const { start, end } = rangeOf(window, rows)
  if (end === rows.length) return window.endKey === null ? window : { ...window, endKey: null }
  const nextEnd = Math.min(rows.length, end + STEP)
  return windowOf(rows, Math.max(start, nextEnd - MAX), nextEnd)
}

/** A window around a row, for jumping to it. */
export function windowAround(key: string, rows: readonly WindowRow[]): RowWindow {
  const index = rows.findIndex((row) => row.key === key)
  if (index === -1) return newestWindow
  const start = Math.max(0, index - INITIAL / 2)
  return windowOf(rows, start, Math.min(rows.length, start + INITIAL))
}

/** While the reader follows the newest row: the window ends with it, whatever comes. `trim`: old rows above may go. */
export function followEnd(window: RowWindow, rows: readonly WindowRow[], trim: boolean): RowWindow {
  const { start, end } = rangeOf(window, rows)
  if (end < rows.length || (trim && end - start > MAX - STEP)) return newestWindow
  return window.endKey === null ? window : { ...window, endKey: null }
}

/** While the reader is elsewhere: the window stays on the rows it shows, whatever comes at its ends. */
export function holdPlace(window: RowWindow, rows: readonly WindowRow[]): RowWindow {
  if (window.startKey !== null && window.endKey !== null) return window
  const { start, end } = rangeOf(window, rows)
  const held = windowOf(rows, start, end)
  const last = rows.slice(start, end).findLast((row) => !isSeparator(row))
  return { startKey: held.startKey, endKey: last?.key ?? null }
}

function windowOf(rows: readonly WindowRow[], start: number, end: number): RowWindow {
  const first = rows.slice(start, end).find((row) => !isSeparator(row))
  const last = rows.slice(start, end).findLast((row) => !isSeparator(row))
  return { startKey: first?.key ?? null, endKey: end >= rows.length ? null : (last?.key ?? null) }
}

/** A day's name or the unread line belongs to the message below it. */
function withSeparators(rows: readonly WindowRow[], start: number): number {
  let first = start
  while (first > 0 && isSeparator(rows[first - 1])) first--
  return first
}

function isSeparator(row: WindowRow | undefined): boolean {
  return row?.type === 'day' || row?.type === 'unread'
}
