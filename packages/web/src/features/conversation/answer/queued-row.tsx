import type { PendingAnswer } from '@parley/protocol/workspace'
import { Hourglass } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useFaces } from '../../chats/channel-face.ts'
import { Thinking } from './thinking.tsx'

/** An agent that has been asked and has not begun: it waits behind others, or is just starting. */
export function QueuedRow({ feed, answer }: { feed: object; answer: PendingAnswer }) {
  const { t } = useTranslation('chat')
  const face = useFaces().agent(answer.agentId)
  const [shownAt] = useState(() => Date.now())
  return (
    <article {...feed} aria-label={face.name} className="message-row mt-5 animate-fade-in">
      <div className="message-grid">
        <div className="message-gutter">
          <Avatar id={face.id} name={face.name} avatar={face.avatar} shape="square" size={36} />
        </div>
        <div className="min-w-0">
          <p className="mb-0.5 truncate text-ui leading-5 font-semibold">{face.name}</p>
          {answer.status === 'running' || answer.position === 0 ? (
            <Thinking startedAt={shownAt} />
          ) : (
            <p className="flex h-6 items-center gap-2 text-ui text-muted">
              <Icon icon={Hourglass} size={15} />
              {answer.position > 0 ? t('answer.queuedBehind', { count: answer.position }) : t('answer.queued')}
            </p>
          )}
        </div>
        <span />
      </div>
    </article>
  )
}
