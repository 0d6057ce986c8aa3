export { createMemoryBus } from './bus.ts'
export { createMemoryStore } from './store.ts'
