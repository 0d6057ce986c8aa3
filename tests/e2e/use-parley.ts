/** One server for the tests of a file. Model scripts are forgotten between tests. */
import { type BootOptions, bootParley, type Parley, say } from '@parley/testkit'
import { afterAll, afterEach, beforeAll } from 'vitest'

export function useParley(options: BootOptions = {}): () => Parley {
  let parley: Parley | undefined
  beforeAll(async () => {
    // Not an echo: an answer that repeats the question would repeat its mentions too.
    const model = options.model ?? { fallback: () => say('Understood.') }
    parley = await bootParley({ ...options, model })
  })
  afterEach(() => {
    if (options.model !== false) parley?.model.clear()
  })
  afterAll(async () => {
    await parley?.[Symbol.asyncDispose]()
  })
  return () => {
    if (parley === undefined) throw new Error('The server did not boot')
    return parley
  }
}
