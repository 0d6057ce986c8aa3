import { CircleAlert, Clock, RotateCw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { useMe } from '../../../app/queries.ts'
import { useSession } from '../../../app/sync-context.tsx'
import { formatTime } from '../../../i18n/format.ts'
import { ApiError } from '../../../sync/api/error.ts'
import type { OutboxItem } from '../../../sync/outbox/machine.ts'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/icon.tsx'
import { useFaces } from '../../chats/channel-face.ts'
import { useConversationFacts } from '../conversation-context.tsx'
import { Attachments } from './attachments.tsx'
import { MessageText } from './message-text.tsx'
import { Quote } from './quote.tsx'
import { SpeakerFace } from './speaker-face.tsx'

/** One's own message on its way: waiting, or refused with what to do about it. */
export function PendingRow({ feed, item, first }: { feed: object; item: OutboxItem; first: boolean }) {
  const { direct } = useConversationFacts()
  const me = useMe()
  const face = useFaces().person(me.id)
  const body = (
    <>
      {item.replyTo ? <Quote messageId={item.replyTo} /> : null}
      {item.content ? <MessageText text={item.content} /> : null}
      {item.attachments.length > 0 ? <Attachments attachments={item.attachments} /> : null}
    </>
  )
  const faded = item.state === 'failed' ? '' : 'opacity-75'
  return (
    <article
      {...feed}
      aria-label={`${me.name}, ${formatTime(item.createdAt)}`}
      className={cx('message-row', first ? 'mt-5' : 'mt-0.5')}
    >
      {direct ? (
        <div className="bubble-grid">
          <span />
          <div className="flex max-w-full min-w-0 flex-col items-end">
            <div className={cx('max-w-full rounded-lg bg-accent-ground px-3.5 py-2', faded)}>{body}</div>
            <span className="mt-0.5 flex min-h-4 items-center gap-1.5 px-1">
              <State item={item} />
            </span>
            <Failure item={item} />
          </div>
        </div>
      ) : (
        <div className="message-grid">
          <div className="message-gutter">{first ? <SpeakerFace face={face} /> : null}</div>
          <div className="min-w-0">
            {first ? (
              <div className="mb-0.5 flex items-baseline gap-2 leading-5">
                <span className="truncate text-ui font-semibold">{me.name}</span>
                <State item={item} />
              </div>
            ) : null}
            <div className={faded}>{body}</div>
            {first ? null : <State item={item} />}
            <Failure item={item} />
          </div>
          <span />
        </div>
      )}
    </article>
  )
}

function State({ item }: { item: OutboxItem }) {
  const { t } = useTranslation('chat')
  if (item.state === 'failed') return null
  return (
    <span className="tabular inline-flex items-center gap-1 text-micro text-muted">
      {formatTime(item.createdAt)}
      {item.state === 'stored' ? null : <Icon icon={Clock} size={12} />}
      <span className="sr-only">{t(`outbox.${item.state}`)}</span>
    </span>
  )
}

function Failure({ item }: { item: OutboxItem }) {
  const { t } = useTranslation('chat')
  const { outbox } = useSession()
  const errorText = useErrorText()
  if (item.state !== 'failed') return null
  const reason = errorText(new ApiError(item.failure?.status ?? 500, item.failure?.code ?? '', ''))
  return (
    <div
      role="alert"
      className="mt-1.5 flex max-w-full flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-danger-ground py-1 pr-1 pl-3 text-meta text-danger"
    >
      <Icon icon={CircleAlert} size={16} />
      <span className="min-w-0 flex-1 py-1">
        {t('outbox.failed')} · {reason}
      </span>
      <span className="flex gap-1">
        <Button size="sm" variant="danger-quiet" icon={RotateCw} onClick={() => outbox.retry(item.clientId)}>
          {t('outbox.retry')}
        </Button>
        <Button size="sm" variant="danger-quiet" icon={Trash2} onClick={() => outbox.discard(item.clientId)}>
          {t('outbox.discard')}
        </Button>
      </span>
    </div>
  )
}
