import type { Attachment } from '../channels/message.ts'
import type { BlobRecord } from '../ports/index.ts'

/** A stored file as a message shows it. */
export function attachmentOf({ path, name, mime, size, width, height }: BlobRecord): Attachment {
  return {
    url: `/uploads/${path}`,
    name,
    mime,
    size,
    ...(width === null ? {} : { width }),
    ...(height === null ? {} : { height }),
  }
}
