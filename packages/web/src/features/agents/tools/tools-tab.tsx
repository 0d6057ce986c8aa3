import type { AgentDetail } from '@parley/protocol/workspace'
import { Wrench } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { useSettings } from '../../../app/queries.ts'
import { Badge } from '../../../ui/badge.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useChangeAgent } from '../use-agent.ts'
import { type ToolWords, useToolWords } from './tool-words.ts'

/** What the agent may do besides writing. A switch is stored at once. */
export function ToolsTab({ agent, readOnly }: { agent: AgentDetail; readOnly: boolean }) {
  const { t } = useTranslation('agents')
  const { data: settings, isPending } = useSettings()
  const change = useChangeAgent(agent.id)
  const errorText = useErrorText()
  const wordsOf = useToolWords()
  if (isPending) return <SkeletonRows count={3} />
  const offered = settings?.tools ?? []
  const gone = agent.tools.filter((name) => !offered.some((tool) => tool.name === name))
  const toggle = (name: string, on: boolean): void => {
    const tools = on ? [...agent.tools, name] : agent.tools.filter((other) => other !== name)
    change.mutate({ tools }, { onError: (error) => toast({ tone: 'danger', message: errorText(error) }) })
  }
  if (offered.length === 0 && gone.length === 0) {
    return (
      <EmptyState icon={Wrench} title={t('tools.none')}>
        {t('tools.noneText')}
      </EmptyState>
    )
  }
  return (
    <div className="flex max-w-180 flex-col gap-3">
      <p className="text-ui text-muted">{t('tools.hint')}</p>
      <ul className="grid gap-2 lg:grid-cols-2">
        {offered.map((tool) => (
          <ToolCard
            key={tool.name}
            id={tool.name}
            words={wordsOf(tool)}
            on={agent.tools.includes(tool.name)}
            disabled={readOnly}
            onChange={(on) => toggle(tool.name, on)}
          />
        ))}
        {gone.map((name) => (
          <ToolCard
            key={name}
            id={name}
            words={wordsOf({ name, description: t('tools.goneText') })}
            gone
            on
            disabled={readOnly}
            onChange={(on) => toggle(name, on)}
          />
        ))}
      </ul>
    </div>
  )
}

interface ToolCardProps {
  id: string
  words: ToolWords
  on: boolean
  gone?: boolean
  disabled: boolean
  onChange: (on: boolean) => void
}

function ToolCard({ id, words, on, gone = false, disabled, onChange }: ToolCardProps) {
  const { t } = useTranslation('agents')
  const labelId = useId()
  return (
    <li className="flex gap-3 rounded-md border border-line p-3.5">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-sm bg-active text-soft">
        <Icon icon={words.icon} size={18} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2">
          <span id={labelId} className="text-ui font-medium text-fg">
            {words.name}
          </span>
          {words.name === id ? null : <code className="font-mono text-small text-muted">{id}</code>}
          {gone ? <Badge tone="warn">{t('tools.gone')}</Badge> : null}
        </span>
        <span className="mt-0.5 block text-meta text-muted">{words.description}</span>
      </span>
      <Switch checked={on} onChange={onChange} disabled={disabled} aria-labelledby={labelId} />
    </li>
  )
}
