/** The page's side of the highlighting worker. */
import { type LanguageId, loadLanguage } from './languages.ts'
import type { FromWorker, ToWorker } from './tokens.ts'

type Listener = (message: FromWorker) => void

export class HighlightWorker {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  readonly #listeners = new Map<string, Listener>()
  readonly #languages = new Map<LanguageId, Promise<void>>()

  constructor() {
    this.#worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
      this.#listeners.get(event.data.block)?.(event.data)
    })
  }

  /** Hears the lines of a block until the returned function is called. */
  listen(block: string, listener: Listener): () => void {
    this.#listeners.set(block, listener)
    return () => {
      this.#listeners.delete(block)
      this.#tell({ type: 'release', block })
    }
  }

  /** Wishes the block's code to be coloured; code that only grew continues. */
  colour(block: string, language: LanguageId, code: string): void {
    this.#need(language)
    this.#tell({ type: 'colour', block, language, code })
  }

  /** Loads a grammar once. When its chunk cannot be fetched the code stays plain, which is a complete answer. */
  #need(language: LanguageId): void {
    if (this.#languages.has(language)) return
    const load = async (): Promise<void> => {
      try {
        this.#tell({ type: 'grammar', language, grammars: await loadLanguage(language) })
      } catch {
        this.#languages.delete(language)
      }
    }
    this.#languages.set(language, load())
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message)
  }
}
