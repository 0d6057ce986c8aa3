export { fileErrors } from './errors.ts'
export { FsBlobStore } from './fs-blob-store.ts'
export { FsSoulStore } from './fs-soul-store.ts'
export { createSecretBox } from './secret-box.ts'
