import { describeBusContract, describeStoreContract } from '@parley/core/contract'
import { createMemoryBus, createMemoryStore } from './index.ts'

describeStoreContract(
  'memory',
  async () => {
    const store = createMemoryStore()
    return { store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
  },
  { durable: false },
)

describeBusContract('memory', async () => ({ bus: createMemoryBus(), [Symbol.asyncDispose]: async () => {} }))
