import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay, formatFull } from '../../../i18n/format.ts'
import { useNotice } from '../../chats/notices.ts'
import { QueuedRow } from '../answer/queued-row.tsx'
import { MessageRow } from '../message/message-row.tsx'
import { PendingRow } from '../message/pending-row.tsx'
import type { Row } from './rows.ts'

export interface RowViewProps {
  row: Row
  /** Place in the feed, from 1. */
  position: number
  /** Number of rows, -1 while unknown. */
  total: number
  highlighted: boolean
}

/** One line of the conversation. */
export const RowView = memo(
  function RowView({ row, position, total, highlighted }: RowViewProps) {
    const feed = { 'data-key': row.key, 'aria-posinset': position, 'aria-setsize': total }
    switch (row.type) {
      case 'day':
        return <DayRow rowKey={row.key} at={row.at} />
      case 'unread':
        return <UnreadRow rowKey={row.key} />
      case 'notice':
        return <NoticeRow feed={feed} row={row} />
      case 'message':
        return <MessageRow feed={feed} message={row.message} first={row.first} highlighted={highlighted} />
      case 'pending':
        return <PendingRow feed={feed} item={row.item} first={row.first} />
      case 'queued':
        return <QueuedRow feed={feed} answer={row.answer} />
    }
  },
  (before, after) =>
    before.position === after.position &&
    before.total === after.total &&
    before.highlighted === after.highlighted &&
    sameRow(before.row, after.row),
)

/** Rows are built anew on each change; most of them are the same as before. */
function sameRow(a: Row, b: Row): boolean {
  if (a === b) return true
  if (a.type !== b.type || a.key !== b.key) return false
  if (a.type === 'message' && b.type === 'message') return a.message === b.message && a.first === b.first
  if (a.type === 'pending' && b.type === 'pending') return a.item === b.item && a.first === b.first
  if (a.type === 'notice' && b.type === 'notice') return a.message === b.message
  if (a.type === 'queued' && b.type === 'queued') return a.answer === b.answer
  return a.type === 'unread'
}

function DayRow({ rowKey, at }: { rowKey: string; at: string }) {
  return (
    <div data-key={rowKey} className="flex items-center gap-3 pt-6 pb-2 text-small font-medium text-muted">
      <span className="h-px flex-1 bg-line" />
      <time dateTime={at} title={formatFull(at)}>
        {formatDay(at)}
      </time>
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}

function UnreadRow({ rowKey }: { rowKey: string }) {
  const { t } = useTranslation('chat')
  return (
    <div data-key={rowKey} className="flex items-center gap-3 pt-5 pb-1 text-small font-semibold text-accent-text">
      <span className="h-px flex-1 bg-accent opacity-50" />
      {t('unreadLine')}
      <span className="h-px flex-1 bg-accent opacity-50" />
    </div>
  )
}

function NoticeRow({ feed, row }: { feed: object; row: Extract<Row, { type: 'notice' }> }) {
  const notice = useNotice()
  const value = row.message.metadata.notice
  return (
    <div
      {...feed}
      role="article"
      className="mx-auto my-3 max-w-130 rounded-md bg-hover px-3.5 py-2 text-center text-meta text-balance text-soft"
    >
      {value ? notice(value) : row.message.content}
    </div>
  )
}
