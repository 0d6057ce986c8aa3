import { Check, ChevronRight, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../i18n/format.ts'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import type { Step } from './parts.ts'
import { shortArgument, toolIcon, toolLabel } from './tool-words.ts'

/** Shorter steps are instant to a person. */
const WORTH_TELLING_MS = 100

/** Tool steps that belong together, one line each. */
export function ToolSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <ul className="my-1.5 flex flex-col">
      {steps.map((step) => (
        <ToolStepLine key={step.callId} step={step} />
      ))}
    </ul>
  )
}

function ToolStepLine({ step }: { step: Step }) {
  const { t } = useTranslation('chat')
  const [open, setOpen] = useState(false)
  const argument = shortArgument(step.arguments)
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-1.5 flex min-h-8 max-w-full items-center gap-2 rounded-sm px-1.5 text-left text-meta text-muted transition-colors hover:bg-hover pointer-coarse:min-h-10"
      >
        <StatusMark status={step.status} />
        <Icon icon={toolIcon(step.toolName)} size={15} />
        <span className="shrink-0 font-medium text-soft">{toolLabel(step.toolName)}</span>
        {argument ? <span className="min-w-0 truncate">{argument}</span> : null}
        {step.durationMs === undefined || step.durationMs < WORTH_TELLING_MS ? null : (
          <span className="tabular shrink-0 text-small">{formatDuration(step.durationMs)}</span>
        )}
        <Icon icon={ChevronRight} size={14} className={cx('transition-transform', open && 'rotate-90')} />
      </button>
      {open ? (
        <div className="mt-1 mb-2 ml-6 flex flex-col gap-2 border-l-2 border-line-strong pl-3">
          <Block
            title={t('tool.arguments')}
            text={
              Object.keys(step.arguments).length === 0 ? t('tool.noArguments') : JSON.stringify(step.arguments, null, 2)
            }
          />
          {step.result === undefined ? null : <Block title={t('tool.result')} text={step.result} />}
        </div>
      ) : null}
    </li>
  )
}

function StatusMark({ status }: { status: Step['status'] }) {
  const { t } = useTranslation('chat')
  return (
    <span className="flex size-4 shrink-0 items-center justify-center">
      {status === 'calling' ? <Spinner size={15} className="text-accent-text" /> : null}
      {status === 'completed' ? <Icon icon={Check} size={16} className="text-success" /> : null}
      {status === 'error' ? <Icon icon={X} size={16} className="text-danger" /> : null}
      <span className="sr-only">
        {status === 'calling' ? t('tool.running') : status === 'completed' ? t('tool.done') : t('tool.failed')}
      </span>
    </span>
  )
}

function Block({ title, text }: { title: string; text: string }) {
  return (
    <div className="min-w-0">
      <p className="mb-0.5 text-small text-muted">{title}</p>
      <pre
        tabIndex={0}
        className="max-h-60 overflow-auto rounded-sm bg-hover px-2.5 py-2 font-mono text-small break-words whitespace-pre-wrap text-soft"
      >
        {text}
      </pre>
    </div>
  )
}
