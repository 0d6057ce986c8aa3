/** The highlighting worker: grammars are big and slow to compile, here they never hold up the page. */
import { createCssVariablesTheme, createHighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { colour, PREFIX, type Progress, startOf, THEME } from './line-colouring.ts'
import type { FromWorker, ToWorker } from './tokens.ts'

/** Milliseconds of colouring before the lines are sent and newer wishes are read. */
const SLICE = 20

// The engine is pure JavaScript: WebAssembly would need its own permission in the content security policy.
const ready = createHighlighterCore({
  themes: [createCssVariablesTheme({ name: THEME, variablePrefix: PREFIX, fontStyle: false })],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
})

/** Name of the grammar by language, once it is loaded. */
const grammars = new Map<string, string>()
const progress = new Map<string, Progress>()
/** What is to be coloured, the oldest wish first. */
const wishes = new Map<string, Extract<ToWorker, { type: 'colour' }>>()
let timer: ReturnType<typeof setTimeout> | undefined

const tell = (message: FromWorker): void => (globalThis as unknown as Worker).postMessage(message)

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data
  if (message.type === 'grammar') void learn(message)
  else if (message.type === 'colour') wishes.set(message.block, message)
  else {
    wishes.delete(message.block)
    progress.delete(message.block)
  }
  schedule()
})

async function learn({ language, grammars: list }: Extract<ToWorker, { type: 'grammar' }>): Promise<void> {
  const shiki = await ready
  await shiki.loadLanguage(...list)
  grammars.set(language, list.at(-1)?.name ?? language)
  schedule()
}

function schedule(): void {
  timer ??= setTimeout(() => void work(), 0)
}

async function work(): Promise<void> {
  const shiki = await ready
  timer = undefined
  for (const [block, wish] of wishes) {
    const grammar = grammars.get(wish.language)
    if (grammar === undefined) continue
    wishes.delete(block)
    const known = progress.get(block)
    const until = performance.now() + SLICE
    const from = known?.language === wish.language ? known : startOf(wish.language)
    const step = colour(shiki, grammar, wish.code, from, () => performance.now() < until)
    progress.set(block, step.progress)
    // Goes to the end of the queue, so that one long block does not starve the others.
    if (!step.done) wishes.set(block, wish)
    tell({ block, first: step.first, lines: step.lines })
    schedule()
    return
  }
}
