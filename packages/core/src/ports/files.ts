/** Files: uploads as blobs, personas as text. */

/** Both ends inclusive, as in RFC 9110 §14.1.2. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface BlobStore {
  /** Stores the bytes under `path` (created exclusively); durable when it resolves. */
  put(path: string, bytes: Uint8Array): Promise<void>
  /** Whole, for small needs such as a picture for a model. Undefined when there is no such blob. */
  read(path: string): Promise<Uint8Array | undefined>
  /** As a stream that holds little at a time, however slowly it is read; cancel it to let go. Undefined as above. */
  open(path: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined>
  remove(path: string): Promise<void>
}

/** SOUL.md of each agent. */
export interface SoulStore {
  /** Empty text when the agent has none. */
  read(agentId: string): Promise<string>
  /** Atomic: readers see the old text or the new one. */
  write(agentId: string, text: string): Promise<void>
  remove(agentId: string): Promise<void>
}

/** Seals small secrets (provider keys) for storage. */
export interface SecretBox {
  seal(plain: string): string
  /** Throws when the text was sealed under another key. */
  open(sealed: string): string
}
