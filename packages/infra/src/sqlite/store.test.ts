import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeStoreContract } from '@parley/core/contract'
import { openSqliteStore } from './index.ts'

describeStoreContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-store-'))
  const path = join(folder, 'data', 'parley.db')
  let store = await openSqliteStore({ path })
  return {
    store,
    async reopen() {
      await store[Symbol.asyncDispose]()
      store = await openSqliteStore({ path })
      return store
    },
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
})
