import type { Message } from '@parley/protocol/workspace'
import { ChevronDown, CircleAlert, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useConversationActions, useConversationFacts } from '../conversation-context.tsx'
import { RetryWithModel } from './retry-with-model.tsx'

/** An answer that failed: one plain sentence, and what to do about it. */
export function AnswerFailure({ message }: { message: Message }) {
  const { t } = useTranslation(['chat', 'common'])
  const { retry } = useConversationActions()
  const { mayWrite } = useConversationFacts()
  const [open, setOpen] = useState(false)
  const failure = message.metadata.answer?.failure
  return (
    <div role="alert" className="mt-1.5 max-w-full overflow-hidden rounded-md border border-line bg-subtle">
      <div className="flex items-start gap-2.5 px-3.5 pt-2.5 text-ui text-fg">
        <Icon icon={CircleAlert} size={18} className="mt-px text-danger" />
        <p className="min-w-0 flex-1">{t(`answer.failed.${failure?.class ?? 'internal'}`)}</p>
      </div>
      <div className="flex flex-wrap items-center px-1.5 py-1.5">
        {mayWrite ? (
          <>
            <Button size="sm" variant="quiet" icon={RotateCw} onClick={() => retry(message)}>
              {t('common:retry')}
            </Button>
            <RetryWithModel message={message} />
          </>
        ) : null}
        {failure?.message ? (
          <Button size="sm" variant="quiet" icon={ChevronDown} aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('answer.details')}
          </Button>
        ) : null}
      </div>
      {open && failure ? (
        <pre className="max-h-60 overflow-auto border-t border-line px-3.5 py-2.5 font-mono text-small break-words whitespace-pre-wrap text-soft">
          {`${failure.class}\n${message.metadata.answer?.model ?? ''}\n${failure.message}`.replace(/\n{2,}/g, '\n')}
        </pre>
      ) : null}
    </div>
  )
}
