/** Colours a code block a slice at a time, so that a long one never holds up typing or scrolling. */
import { useEffect, useRef, useState } from 'react'
import { languageOf } from './languages.ts'
import type { Tokenizer, TokenLine } from './tokenizer.ts'

/** Longest work before the browser gets its turn, in milliseconds. */
const SLICE = 6
/** Above this many characters code stays plain. */
const LIMIT = 300_000

interface Progress {
  readonly language: string
  /** The text whose lines are coloured; ends with a line break. */
  readonly prefix: string
  readonly lines: readonly TokenLine[]
  readonly state: ReturnType<Tokenizer['line']>['state']
}

const NONE: Progress = { language: '', prefix: '', lines: [], state: undefined }

/** The coloured lines so far; lines beyond them are to be shown plain. */
export function useHighlight(code: string, word: string): readonly TokenLine[] {
  const language = languageOf(word)
  const [progress, setProgress] = useState<Progress>(NONE)
  const latest = useRef<Progress>(NONE)

  useEffect(() => {
    if (language === null || code.length > LIMIT) return
    let cancelled = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const run = (tokenizer: Tokenizer): void => {
      if (cancelled) return
      const started = latest.current
      const base = started.language === language && code.startsWith(started.prefix) ? started : { ...NONE, language }
      const next = colour(tokenizer, base, code)
      latest.current = next
      setProgress(next)
      if (next.prefix.length < code.length) timer = setTimeout(run, 0, tokenizer)
    }
    import('./tokenizer.ts')
      .then((module) => module.tokenizerFor(language))
      .then(run, () => {
        // Plain code is a complete answer; a chunk that cannot load is not worth a word.
      })
    return () => {
      cancelled = true
      clearTimeout(timer)
    }
  }, [code, language])

  return progress.language === language && code.startsWith(progress.prefix.trimEnd()) ? progress.lines : NONE.lines
}

function colour(tokenizer: Tokenizer, base: Progress, code: string): Progress {
  const lines = [...base.lines]
  let { prefix, state } = base
  const until = performance.now() + SLICE
  while (prefix.length < code.length && performance.now() < until) {
    const newline = code.indexOf('\n', prefix.length)
    const end = newline === -1 ? code.length : newline
    const result = tokenizer.line(code.slice(prefix.length, end).replace(/\r$/, ''), state)
    lines.push(result.tokens)
    state = result.state
    prefix = code.slice(0, newline === -1 ? end : end + 1)
  }
  return { language: base.language, prefix, lines, state }
}
