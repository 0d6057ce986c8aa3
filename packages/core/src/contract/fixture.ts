import { afterAll, beforeEach } from 'vitest'
import type { Store } from '../ports/index.ts'

/** One store under test, and what belongs to it. Disposing it removes every trace. */
export interface StoreFixture extends AsyncDisposable {
  readonly store: Store
  /** Closes the store and opens another one on the same data. Absent where data ends with the process. */
  reopen?(): Promise<Store>
  /** Empties the open store, where that is quicker than opening another one. */
  reset?(): Promise<void>
}

export type StoreFactory = () => Promise<StoreFixture>

/** An empty store for each test of the surrounding `describe`. Tests that close it take one of their own. */
export function useStore(create: StoreFactory): () => StoreFixture {
  let fixture: StoreFixture | undefined
  beforeEach(async () => {
    if (fixture?.reset) {
      await fixture.reset()
      return
    }
    await fixture?.[Symbol.asyncDispose]()
    fixture = await create()
  })
  afterAll(async () => {
    await fixture?.[Symbol.asyncDispose]()
  })
  return () => fixture as StoreFixture
}
