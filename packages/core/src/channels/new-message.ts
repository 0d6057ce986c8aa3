import { attachmentOf } from '../blobs/attachment.ts'
import type { Uploads } from '../blobs/uploads.ts'
import { coreErrors } from '../errors.ts'
import type { Attachment, MessageType } from './message.ts'

export interface NewMessage {
  readonly channelId: string
  readonly content: string
  readonly type?: Extract<MessageType, 'text' | 'image' | 'file'> | undefined
  /** The sender's own id: a repeat returns the first message. */
  readonly clientId?: string | undefined
  /** Id of a message of the same channel. */
  readonly replyTo?: string | undefined
  /** `/uploads/…` URLs. */
  readonly attachments?: readonly string[] | undefined
}

export const MAX_CONTENT = 100_000
const MAX_ATTACHMENTS = 20
const MAX_CLIENT_ID = 64

/** Checks the shape. Errors: `invalid_message`, `message_too_long`. */
export function checkContent(content: string, hasAttachments: boolean): void {
  if (content.length > MAX_CONTENT) throw coreErrors.message_too_long({ details: { limit: MAX_CONTENT } })
  if (!hasAttachments && content.trim() === '') throw invalid('A message needs text or an attachment.')
}

/** Errors: `invalid_message`, `message_too_long`. */
export function checkNewMessage({ content, clientId, attachments = [] }: NewMessage): void {
  if (attachments.length > MAX_ATTACHMENTS) throw invalid(`A message has at most ${MAX_ATTACHMENTS} attachments.`)
  if (clientId !== undefined && (clientId === '' || clientId.length > MAX_CLIENT_ID)) {
    throw invalid(`A clientId has 1 to ${MAX_CLIENT_ID} characters.`)
  }
  checkContent(content, attachments.length > 0)
}

/**
 * The files of a message. An image or file message without attachments may name its upload in `content`, as the
 * documented API does (spec/workspace §1.2). Errors: `attachment_not_found`.
 */
export async function attachmentsOf(uploads: Uploads, input: NewMessage): Promise<readonly Attachment[]> {
  const named = input.attachments ?? []
  const names = input.type === 'image' || input.type === 'file' ? input.content.trim() : ''
  const implied = names.startsWith('/uploads/') ? [names] : []
  const urls = new Set(named.length > 0 ? named : implied)
  const attachments: Attachment[] = []
  for (const url of urls) {
    const record = await uploads.find(url)
    if (!record) throw coreErrors.attachment_not_found({ details: { url: url.slice(0, 200) } })
    attachments.push(attachmentOf(record))
  }
  return attachments
}

/** A message of files alone says so in its type, unless the sender chose one. */
export function typeOf(input: NewMessage, attachments: readonly Attachment[]): MessageType {
  const chosen = input.type ?? 'text'
  if (chosen !== 'text' || attachments.length === 0 || input.content.trim() !== '') return chosen
  return attachments.every((attachment) => attachment.mime.startsWith('image/')) ? 'image' : 'file'
}

function invalid(reason: string): Error {
  return coreErrors.invalid_message({ details: { reason } })
}
