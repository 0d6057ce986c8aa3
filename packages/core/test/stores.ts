/** The stores the use cases are tested on. SQLite ones live in a folder of their own, which goes with {@link OpenStore.close}. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@parley/core/ports'
import { createMemoryStore } from '@parley/infra/memory'
import { openSqliteStore } from '@parley/infra/sqlite'

export interface OpenStore {
  readonly store: Store
  close(): Promise<void>
}

export interface StoreKind {
  readonly name: string
  open(): Promise<OpenStore>
}

/** A data folder that survives its stores: open, close and open again. */
export async function createDataFolder(): Promise<{ open(): Promise<Store>; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-core-'))
  return {
    open: () => openSqliteStore({ path: join(folder, 'parley.db') }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export const storeKinds: readonly StoreKind[] = [
  {
    name: 'memory',
    open: async () => {
      const store = createMemoryStore()
      return { store, close: async () => store[Symbol.asyncDispose]() }
    },
  },
  {
    name: 'sqlite',
    open: async () => {
      const folder = await createDataFolder()
      const store = await folder.open()
      return {
        store,
        close: async () => {
          await store[Symbol.asyncDispose]()
          await folder.remove()
        },
      }
    },
  },
]
