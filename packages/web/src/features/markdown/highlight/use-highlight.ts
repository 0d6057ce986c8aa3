import { useEffect, useId, useState } from 'react'
import type { HighlightWorker } from './highlight-worker.ts'
import { languageOf } from './languages.ts'
import { type FromWorker, matchingLines, type TokenLine } from './tokens.ts'

/** Above this many characters code stays plain. */
const LIMIT = 300_000

let shared: Promise<HighlightWorker> | undefined

/** One worker for the page, started with the first code that has a language. */
function sharedWorker(): Promise<HighlightWorker> {
  shared ??= import('./highlight-worker.ts').then(
    (module) => new module.HighlightWorker(),
    (error: unknown) => {
      // Out of reach now (offline): the next code tries again.
      shared = undefined
      throw error
    },
  )
  return shared
}

const NONE: readonly TokenLine[] = []

/** The coloured lines so far; lines beyond them are to be shown plain. */
export function useHighlight(code: string, word: string): readonly TokenLine[] {
  const block = useId()
  const language = code.length > LIMIT ? null : languageOf(word)
  const [lines, setLines] = useState<readonly TokenLine[]>(NONE)

  useEffect(() => {
    if (language === null) return
    let stop = (): void => {}
    let gone = false
    const take = ({ first, lines: more }: FromWorker): void => setLines((now) => [...now.slice(0, first), ...more])
    const listen = async (): Promise<void> => {
      const worker = await sharedWorker()
      if (!gone) stop = worker.listen(block, take)
    }
    // Without the worker the code stays plain.
    listen().catch(() => {})
    return () => {
      gone = true
      stop()
    }
  }, [block, language])

  useEffect(() => {
    if (language === null) return
    let gone = false
    const wish = async (): Promise<void> => {
      const worker = await sharedWorker()
      if (!gone) worker.colour(block, language, code)
    }
    wish().catch(() => {})
    return () => {
      gone = true
    }
  }, [block, language, code])

  return language === null ? NONE : matchingLines(lines, code)
}
