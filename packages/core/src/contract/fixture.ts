import { afterEach, beforeEach } from 'vitest'
import type { Store } from '../ports/index.ts'

/** One store under test, and what belongs to it. Disposing it removes every trace. */
export interface StoreFixture extends AsyncDisposable {
  readonly store: Store
  /** Closes the store and opens another one on the same data. Absent where data ends with the process. */
  reopen?(): Promise<Store>
}

export type StoreFactory = () => Promise<StoreFixture>

/** A fresh fixture for each test of the surrounding `describe`. */
export function useStore(create: StoreFactory): () => StoreFixture {
  let fixture: StoreFixture | undefined
  beforeEach(async () => {
    fixture = await create()
  })
  afterEach(async () => {
    await fixture?.[Symbol.asyncDispose]()
    fixture = undefined
  })
  return () => fixture as StoreFixture
}
