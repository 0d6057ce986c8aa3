import { useDeferredValue, useMemo, useState } from 'react'
import { advance, type Block, type SplitState, tailBlocks } from './blocks/split-blocks.ts'
import { collectDefinitions } from './parse/references.ts'

const NO_DEFINITIONS: ReadonlyMap<string, string> = new Map()

interface Blocks {
  readonly finished: readonly Block[]
  readonly tail: readonly Block[]
  readonly definitions: ReadonlyMap<string, string>
}

/** The blocks of a text that may grow; what is finished keeps its identity. */
export function useBlocks(text: string): Blocks {
  // A burst of deltas may skip frames, but never delays typing or scrolling.
  const current = useDeferredValue(text)
  const [split] = useState(makeSplitter)
  const state = useMemo(() => split(current), [split, current])
  const tail = useMemo(() => tailBlocks(state), [state])
  const settled = useMemo(() => collectDefinitions(state.finished, NO_DEFINITIONS), [state.finished])
  const definitions = useMemo(() => collectDefinitions(tail, settled), [tail, settled])
  return { finished: state.finished, tail, definitions }
}

/** Remembers where the last text was cut. The result depends on the text alone; the memory only saves reading it again. */
function makeSplitter(): (text: string) => SplitState {
  let last: SplitState | undefined
  return (text) => {
    last = advance(text, last)
    return last
  }
}
