/** The lines of a conversation in order, as plain data. Pure. */
import type { Message, PendingAnswer } from '@parley/protocol/workspace'
import { dayNumber } from '../../../i18n/format.ts'
import type { OutboxItem } from '../../../sync/outbox/machine.ts'

export type Row =
  | { readonly type: 'day'; readonly key: string; readonly at: string }
  | { readonly type: 'unread'; readonly key: string }
  | { readonly type: 'notice'; readonly key: string; readonly message: Message }
  /** `first`: the speaker changed, or paused: avatar and name are drawn. */
  | { readonly type: 'message'; readonly key: string; readonly message: Message; readonly first: boolean }
  | { readonly type: 'pending'; readonly key: string; readonly item: OutboxItem; readonly first: boolean }
  | { readonly type: 'queued'; readonly key: string; readonly answer: PendingAnswer }

export interface RowsInput {
  readonly messages: readonly Message[]
  /** Own messages on their way; those already among the messages are left out. */
  readonly pending: readonly OutboxItem[]
  /** Answers that wait, or run but have no message yet. */
  readonly answers: readonly PendingAnswer[]
  /** The unread line goes before the first message of others behind this position; null for no line. */
  readonly unreadAfter: number | null
  readonly myId: string
  /**
   * There are older messages. The oldest one here then only tells how the next one continues: nothing that is shown changes when
   * an older page joins.
   */
  readonly hasOlder: boolean
  /** Whether the run on screen reaches the newest message. */
  readonly atNewest: boolean
}

/** Messages of one speaker this close belong together. */
export const GROUP_MS = 5 * 60_000

export function buildRows(input: RowsInput): Row[] {
  const rows: Row[] = []
  const stored = new Set<string>()
  let before: { speaker: string; at: number; day: number } | null = null
  let lineDue = input.unreadAfter !== null

  for (const message of input.messages) {
    const at = Date.parse(message.createdAt)
    const day = dayNumber(at)
    const speaker = message.agentId ?? message.userId ?? 'system'
    if (message.metadata.clientId !== undefined) stored.add(message.metadata.clientId)
    if (before === null && input.hasOlder) {
      before = { speaker: message.metadata.notice ? 'system' : speaker, at, day }
      continue
    }
    const newDay = before === null || day !== before.day
    if (newDay) rows.push({ type: 'day', key: `day-${day}-${message.id}`, at: message.createdAt })
    const lineHere = lineDue && message.seq > (input.unreadAfter ?? 0) && message.userId !== input.myId
    if (lineHere) {
      rows.push({ type: 'unread', key: 'unread' })
      lineDue = false
    }
    if (message.metadata.notice) {
      rows.push({ type: 'notice', key: message.id, message })
      before = { speaker: 'system', at, day }
      continue
    }
    const first: boolean =
      newDay ||
      lineHere ||
      before === null ||
      before.speaker !== speaker ||
      at - before.at > GROUP_MS ||
      message.metadata.replyTo !== undefined ||
      // Answers are documents of their own.
      message.metadata.answer !== undefined
    // Somebody's own message keeps its key when the stored one takes the place of the pending one.
    rows.push({ type: 'message', key: message.metadata.clientId ?? message.id, message, first })
    before = { speaker, at, day }
  }
  if (!input.atNewest) return rows

  const known = new Set(input.messages.map((message) => message.id))
  for (const item of input.pending) {
    if (stored.has(item.clientId)) continue
    const first =
      before === null ||
      before.speaker !== input.myId ||
      item.createdAt - before.at > GROUP_MS ||
      item.replyTo !== undefined
    rows.push({ type: 'pending', key: item.clientId, item, first })
    before = { speaker: input.myId, at: item.createdAt, day: dayNumber(item.createdAt) }
  }
  for (const answer of input.answers) {
    if (answer.messageId !== null && known.has(answer.messageId)) {
      // A retry waits in the place of the answer it replaces.
      if (answer.status === 'running') continue
      const replaced = input.messages.find((message) => message.id === answer.messageId)
      if (replaced?.metadata.answer?.status === 'streaming') continue
    }
    rows.push({ type: 'queued', key: `job-${answer.jobId}`, answer })
  }
  return rows
}
