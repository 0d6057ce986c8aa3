import type { Attachment } from '../channels/message.ts'
import { coreErrors } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Ledger } from '../ledger.ts'
import { reaches } from '../policy/access.ts'
import type { BlobReader, BlobRecord, BlobStore, ByteRange } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import { attachmentOf } from './attachment.ts'
import { displayNameOf, newUploadPath, uploadPathOf } from './upload-path.ts'

export interface UploadsPorts {
  readonly blobs: BlobReader
  readonly files: BlobStore
  readonly ledger: Ledger
  readonly stamps: Stamps
}

export interface NewUpload {
  /** As the sender named it. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Detected from the bytes by the edge. */
  readonly mime: string
  /** Without the dot, belonging to `mime`; the edge decides it, never the sender. */
  readonly extension: string
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** Files people attach to messages. */
export class Uploads {
  readonly #ports: UploadsPorts

  constructor(ports: UploadsPorts) {
    this.#ports = ports
  }

  /** Role member. Errors: `forbidden`, `invalid_upload`. */
  async save(caller: Caller, input: NewUpload): Promise<Attachment> {
    if (!reaches(caller.role, 'member')) throw coreErrors.forbidden({ details: { role: 'member' } })
    if (input.bytes.length === 0) throw coreErrors.invalid_upload({ details: { reason: 'The file is empty.' } })
    const { files, ledger, stamps } = this.#ports
    const now = stamps.now()
    const record: BlobRecord = {
      id: stamps.id('file'),
      path: newUploadPath(input.name, input.extension, now),
      name: displayNameOf(input.name),
      mime: input.mime,
      size: input.bytes.length,
      width: input.width ?? null,
      height: input.height ?? null,
      createdBy: caller.userId,
      createdAt: now,
    }
    // Bytes first: a record without bytes would be a broken attachment, bytes without a record are only garbage.
    await files.put(record.path, input.bytes)
    try {
      await ledger.commit([{ op: 'blob.put', record }])
    } catch (error) {
      await files.remove(record.path).catch(() => {})
      throw error
    }
    return attachmentOf(record)
  }

  /** By its `/uploads/…` URL or the part after it; undefined when unknown or malformed. */
  async find(url: string): Promise<BlobRecord | undefined> {
    const path = uploadPathOf(url)
    return path === undefined ? undefined : this.#ports.blobs.byPath(path)
  }

  /** The bytes of a found record, as a stream; undefined when the file is gone. */
  open(record: BlobRecord, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined> {
    return this.#ports.files.open(record.path, range)
  }

  /** As {@link find}, with the bytes. */
  async read(url: string): Promise<{ readonly record: BlobRecord; readonly bytes: Uint8Array } | undefined> {
    const record = await this.find(url)
    const bytes = record && (await this.#ports.files.read(record.path))
    return record && bytes ? { record, bytes } : undefined
  }
}
