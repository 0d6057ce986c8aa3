/** Suites that implementations of the ports run against themselves. Imports vitest: for tests only. */
export { type BlobStoreFixture, describeBlobStoreContract } from './blob-store.ts'
export { type BusFixture, describeBusContract } from './bus.ts'
export { type BellFate, FaultyBus } from './faulty-bus.ts'
export type { StoreFactory, StoreFixture } from './fixture.ts'
export { codeOf } from './rejection.ts'
export * as samples from './samples.ts'
export { describeStoreContract } from './store.ts'
