/**
 * Cuts markdown into top-level blocks while it grows, so a finished block is parsed and rendered once.
 * It cuts only where CommonMark certainly starts a new top-level block; joining too much costs time, cutting wrongly
 * would change the meaning, so every doubtful line stays with the block before it.
 */
import {
  closesFence,
  detailsBalance,
  endsList,
  fenceOpening,
  htmlBlockEnd,
  indentOf,
  isBlank,
  listContentColumn,
  mathOpening,
} from './line-shape.ts'

export interface TextBlock {
  readonly kind: 'text'
  /** Offset in the whole text: the block's identity while the text grows. */
  readonly start: number
  readonly source: string
}

interface CodeBlockPart {
  readonly kind: 'code'
  readonly start: number
  /** The whole fence, as written. */
  readonly source: string
  readonly info: string
  readonly code: string
  /** False while the closing fence has not arrived. */
  readonly closed: boolean
}

export type Block = TextBlock | CodeBlockPart

interface Fence {
  readonly marker: string
  readonly length: number
  readonly indent: number
  readonly info: string
  readonly bodyStart: number
  /** Part of a text block, e.g. inside `<details>`. */
  readonly nested: boolean
}

/** Where the scan stands before the next unread line. */
interface Mode {
  readonly blockStart: number
  /** The open block has a line that is not blank. */
  readonly open: boolean
  readonly fence: Fence | null
  /** Line length of the `$$` run that opened a display formula. */
  readonly math: number
  readonly htmlEnd: RegExp | null
  /** Content column of the newest list item, 0 outside lists. */
  readonly list: number
  /** A list marker was seen where it may or may not have started a list. */
  readonly maybeList: boolean
  readonly afterBlank: boolean
  /** A line since the last blank one may have started raw HTML, which swallows headings and fences. */
  readonly maybeHtml: boolean
  /** `<details>` that are open: they and what they hold are drawn as one. */
  readonly details: number
  /** A fence may or may not have opened: nothing is cut any more. */
  readonly lost: boolean
}

export interface SplitState {
  readonly text: string
  readonly finished: readonly Block[]
  /** Offset of the first line that is not complete yet. */
  readonly read: number
  readonly mode: Mode
}

function freshMode(blockStart: number): Mode {
  return {
    blockStart,
    open: false,
    fence: null,
    math: 0,
    htmlEnd: null,
    list: 0,
    maybeList: false,
    afterBlank: false,
    maybeHtml: false,
    details: 0,
    lost: false,
  }
}

const EMPTY: SplitState = { text: '', finished: [], read: 0, mode: freshMode(0) }

interface Step {
  readonly mode: Mode
  readonly finished?: Block
}

function textBlock(text: string, start: number, end: number): TextBlock {
  return { kind: 'text', start, source: text.slice(start, end).replace(/\s+$/, '') }
}

/** Removes up to the fence's own indentation from each line of its body. */
function dedent(code: string, indent: number): string {
  return indent === 0 ? code : code.replaceAll(new RegExp(`^ {1,${indent}}`, 'gm'), '')
}

function codeBlock(text: string, mode: Mode, fence: Fence, bodyEnd: number, end: number, closed: boolean): Block {
  const body = text.slice(fence.bodyStart, Math.max(fence.bodyStart, bodyEnd))
  return {
    kind: 'code',
    start: mode.blockStart,
    source: text.slice(mode.blockStart, end),
    info: fence.info,
    code: dedent(body.replace(/\r?\n$/, ''), fence.indent),
    closed,
  }
}

/** The line is shallow enough to stand outside the open list item. */
function isTopLevel(line: string, mode: Mode): boolean {
  const indent = indentOf(line)
  return indent <= 3 && (mode.list === 0 || indent < mode.list)
}

/** True when a line at this place certainly begins a new top-level block. */
function begins(line: string, mode: Mode): boolean {
  if (mode.lost || mode.details > 0 || (mode.maybeHtml && !mode.afterBlank)) return false
  if (/^#{1,6}(?:[ \t]|$)/.test(line)) return true
  if (isTopLevel(line, mode) && fenceOpening(line)) return indentOf(line) === 0 || !mode.maybeList
  if (!mode.afterBlank || /^[ \t]/.test(line)) return false
  // A bare marker may still grow into the next item of the list.
  return (
    (mode.list === 0 && !mode.maybeList) || (listContentColumn(line) === 0 && !/^(?:\d{1,9}[.)]?|[-+*])$/.test(line))
  )
}

/** A line inside a construct that swallows everything up to its end. */
function insideOpaque(text: string, mode: Mode, line: string, start: number, end: number): Step | null {
  if (mode.fence) {
    if (!closesFence(line, mode.fence.marker, mode.fence.length)) return { mode }
    if (mode.fence.nested) return { mode: { ...mode, fence: null } }
    return { mode: freshMode(end), finished: codeBlock(text, mode, mode.fence, start, end, true) }
  }
  if (mode.math > 0) {
    return /^ {0,3}\$+[ \t]*$/.test(line) && line.trim().length >= mode.math ? { mode: { ...mode, math: 0 } } : { mode }
  }
  if (mode.htmlEnd) return mode.htmlEnd.test(line) ? { mode: { ...mode, htmlEnd: null } } : { mode }
  return null
}

/** Column of the list the line starts or continues; a paragraph is only interrupted by a filled item numbered 1. */
function listColumn(line: string, mode: Mode): number {
  const column = listContentColumn(line)
  if (isTopLevel(line, mode) && endsList(line)) return 0
  if (column === 0 || !isTopLevel(line, mode)) return mode.list
  const interrupts = !mode.open || mode.list > 0 || /^ {0,3}(?:[-+*]|1[.)])[ \t]+\S/.test(line)
  return interrupts ? column : 0
}

/** The line opens something that may contain blank lines, and its owner cannot be told without the full grammar. */
function uncertain(line: string, mode: Mode): boolean {
  if (!((mode.maybeHtml && !mode.afterBlank) || (mode.maybeList && indentOf(line) > 0))) return false
  return fenceOpening(line) !== null || mathOpening(line) > 0 || htmlBlockEnd(line) !== null
}

/** Whether it is doubtful, after this line, that a list is open. */
function mayBeList(line: string, mode: Mode): boolean {
  if (!isTopLevel(line, mode)) return mode.maybeList
  if (mode.maybeHtml && !mode.afterBlank) return mode.maybeList || listContentColumn(line) > 0
  if (endsList(line)) return false
  // A marker that cannot interrupt, or a line that continues an item's paragraph if the item ends with one.
  return mode.maybeList || (listContentColumn(line) > 0 ? listColumn(line, mode) === 0 : mode.list > 0)
}

function openings(mode: Mode, line: string, lineEnd: number): Mode {
  const topLevel = isTopLevel(line, mode)
  const fence = topLevel ? fenceOpening(line) : null
  const lost = mode.lost || (mode.open && uncertain(line, mode))
  if (fence && !lost)
    return { ...mode, open: true, afterBlank: false, fence: { ...fence, bodyStart: lineEnd, nested: mode.open } }
  const htmlEnd = topLevel ? htmlBlockEnd(line) : null
  const list = listColumn(line, mode)
  return {
    ...mode,
    open: true,
    afterBlank: false,
    maybeHtml: (mode.maybeHtml && !mode.afterBlank) || (topLevel && /^ {0,3}<[a-z/]/i.test(line)),
    maybeList: mayBeList(line, mode),
    details: Math.max(0, mode.details + detailsBalance(line)),
    lost,
    math: topLevel ? mathOpening(line) : 0,
    htmlEnd: htmlEnd?.test(line.replace(/^\s*<!?-*/, '')) ? null : htmlEnd,
    list,
  }
}

function takeLine(text: string, mode: Mode, start: number, end: number): Step {
  const line = text.slice(start, end).replace(/\r?\n$/, '')
  const opaque = mode.open ? insideOpaque(text, mode, line, start, end) : null
  if (opaque) return opaque
  if (isBlank(line)) return { mode: mode.open ? { ...mode, afterBlank: true } : { ...mode, blockStart: end } }
  if (mode.open && begins(line, mode)) {
    return { mode: openings(freshMode(start), line, end), finished: textBlock(text, mode.blockStart, start) }
  }
  return { mode: openings(mode, line, end) }
}

/** Continues from `previous` when `text` only grew since then, else starts over. */
export function advance(text: string, previous: SplitState = EMPTY): SplitState {
  const base = text.startsWith(previous.text) ? previous : EMPTY
  const added: Block[] = []
  let { read, mode } = base
  for (let newline = text.indexOf('\n', read); newline !== -1; newline = text.indexOf('\n', read)) {
    const step = takeLine(text, mode, read, newline + 1)
    if (step.finished) added.push(step.finished)
    mode = step.mode
    read = newline + 1
  }
  return { text, finished: added.length === 0 ? base.finished : [...base.finished, ...added], read, mode }
}

/** The blocks after the finished ones, read from the incomplete last line as well. */
export function tailBlocks(state: SplitState): readonly Block[] {
  const { text } = state
  const last = state.read < text.length ? takeLine(text, state.mode, state.read, text.length) : { mode: state.mode }
  const blocks: Block[] = last.finished ? [last.finished] : []
  const { mode } = last
  if (mode.open && mode.fence && !mode.fence.nested) blocks.push(openFence(text, mode, mode.fence))
  else if (mode.open) blocks.push(textBlock(text, mode.blockStart, text.length))
  return blocks
}

/** An unfinished closing fence is left out, so the reader does not see backticks flash at the end of the code. */
function openFence(text: string, mode: Mode, fence: Fence): Block {
  const body = text.slice(fence.bodyStart)
  const partial = new RegExp(`(?:^|\\n) {0,3}\\${fence.marker}{1,${fence.length - 1}}$`).exec(body)
  const bodyEnd = partial ? fence.bodyStart + partial.index + 1 : text.length
  return codeBlock(text, mode, fence, bodyEnd, text.length, false)
}

/** All blocks of a text that does not grow. */
export function splitBlocks(text: string): readonly Block[] {
  const state = advance(text)
  return [...state.finished, ...tailBlocks(state)]
}
