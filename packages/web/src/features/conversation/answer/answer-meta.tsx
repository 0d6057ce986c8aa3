import type { Message } from '@parley/protocol/workspace'
import { CircleStop } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatDuration, formatNumber } from '../../../i18n/format.ts'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/icon.tsx'

/** Below a finished answer: that it was stopped, and on hover the model, the seconds and the tokens. */
export function AnswerMeta({ message }: { message: Message }) {
  const { t } = useTranslation('chat')
  const { answer } = message.metadata
  if (!answer || answer.status === 'streaming') return null
  const facts = [
    answer.model,
    !answer.durationMs ? undefined : formatDuration(answer.durationMs),
    answer.usage && answer.usage.outputTokens > 0
      ? t('answer.tokens', {
          input: formatNumber(answer.usage.inputTokens),
          output: formatNumber(answer.usage.outputTokens),
        })
      : undefined,
  ].filter((fact) => fact !== undefined && fact !== '')
  const stopped = answer.status === 'stopped'
  if (facts.length === 0 && !stopped) return null
  return (
    <p
      className={cx(
        'tabular flex max-w-full items-center gap-2 text-small text-muted',
        stopped ? 'mt-1' : 'absolute top-full left-12',
      )}
    >
      {stopped ? (
        <span className="inline-flex shrink-0 items-center gap-1 text-soft">
          <Icon icon={CircleStop} size={14} />
          {t('answer.stopped')}
        </span>
      ) : null}
      <span className="min-w-0 truncate opacity-0 transition-opacity group-focus-within/row:opacity-100 group-hover/row:opacity-100">
        {facts.join(' · ')}
      </span>
    </p>
  )
}
