import type { Message } from '@parley/protocol/workspace'
import { useTranslation } from 'react-i18next'
import { formatFull, formatTime } from '../../../i18n/format.ts'
import { cx } from '../../../ui/classes.ts'
import { Tooltip } from '../../../ui/tooltip.tsx'
import { useFaces } from '../../chats/channel-face.ts'
import { AnswerBody } from '../answer/answer-body.tsx'
import { AnswerMeta } from '../answer/answer-meta.tsx'
import { useConversationFacts } from '../conversation-context.tsx'
import { Attachments } from './attachments.tsx'
import { MessageActions } from './message-actions.tsx'
import { MessageText } from './message-text.tsx'
import { Quote } from './quote.tsx'
import { SpeakerFace } from './speaker-face.tsx'

export interface MessageRowProps {
  /** Key and place in the feed. */
  feed: object
  message: Message
  first: boolean
  highlighted: boolean
}

/** A stored message: a bubble for one's own side of a direct chat, prose for everybody else. */
export function MessageRow({ feed, message, first, highlighted }: MessageRowProps) {
  const { direct, myId } = useConversationFacts()
  const bubble = direct && message.userId === myId
  return (
    <article
      {...feed}
      aria-label={useLabel(message)}
      className={cx('message-row group/row', first ? 'mt-5' : 'mt-0.5', highlighted && 'message-highlight')}
    >
      {bubble ? <BubbleRow message={message} /> : <ProseRow message={message} first={first} />}
    </article>
  )
}

function useLabel(message: Message): string {
  const faces = useFaces()
  const face = faces.ofMessage(message)
  return `${face?.name ?? ''}, ${formatTime(message.createdAt)}`
}

function ProseRow({ message, first }: { message: Message; first: boolean }) {
  const { t } = useTranslation('chat')
  const faces = useFaces()
  const face = faces.ofMessage(message)
  const { answer } = message.metadata
  return (
    <div className="message-grid" data-continued={first ? undefined : true}>
      <div className="message-gutter">
        {first && face ? (
          <SpeakerFace face={face} />
        ) : (
          <time
            dateTime={message.createdAt}
            className="tabular pt-1 text-micro text-muted opacity-0 group-hover/row:opacity-100"
          >
            {formatTime(message.createdAt)}
          </time>
        )}
      </div>
      <div className="min-w-0">
        {first && face ? (
          <div className="message-name mb-0.5 flex items-baseline gap-2 leading-5">
            <span className="min-w-0 truncate text-ui font-semibold">{face.name}</span>
            {answer?.calledBy ? (
              <span className="min-w-0 truncate text-small text-muted">
                {t('answer.calledBy', { name: faces.agent(answer.calledBy).name })}
              </span>
            ) : null}
            <Time message={message} />
          </div>
        ) : null}
        <Content message={message} />
      </div>
      <MessageActions message={message} />
    </div>
  )
}

function BubbleRow({ message }: { message: Message }) {
  return (
    <div className="bubble-grid">
      <MessageActions message={message} align="end" />
      <div className="flex max-w-full min-w-0 flex-col items-end">
        <div
          className={cx(
            'max-w-full rounded-lg px-3.5 py-2',
            message.metadata.deletedAt === undefined ? 'bg-accent-ground' : 'border border-line',
          )}
        >
          <Content message={message} />
        </div>
        <span className="mt-0.5 flex h-4 items-center gap-1.5 px-1">
          <Time message={message} quiet />
        </span>
      </div>
    </div>
  )
}

function Content({ message }: { message: Message }) {
  const { t } = useTranslation('chat')
  const { metadata } = message
  if (metadata.deletedAt !== undefined) return <p className="text-ui text-muted italic">{t('deleted')}</p>
  return (
    <>
      {metadata.replyTo ? <Quote messageId={metadata.replyTo} /> : null}
      {message.agentId !== null ? (
        <AnswerBody message={message} />
      ) : message.content !== '' ? (
        <MessageText text={message.content} />
      ) : null}
      {metadata.attachments?.length ? <Attachments attachments={metadata.attachments} /> : null}
      {metadata.answer ? <AnswerMeta message={message} /> : null}
    </>
  )
}

/** When it was written; edits are told on hover and to assistive technology. */
function Time({ message, quiet = false }: { message: Message; quiet?: boolean }) {
  const { t } = useTranslation('chat')
  const { editedAt, deletedAt } = message.metadata
  return (
    <>
      <time
        dateTime={message.createdAt}
        title={formatFull(message.createdAt)}
        className={cx('tabular shrink-0 text-small text-muted', quiet && 'text-micro')}
      >
        {formatTime(message.createdAt)}
      </time>
      {editedAt && deletedAt === undefined ? (
        <Tooltip label={t('editedAt', { time: formatFull(editedAt) })}>
          <span className="shrink-0 text-micro text-muted">{t('edited')}</span>
        </Tooltip>
      ) : null}
    </>
  )
}
