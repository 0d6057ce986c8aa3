import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAgentMap } from '../../app/queries.ts'
import { Badge } from '../../ui/badge.tsx'
import { toolLabel } from '../conversation/answer/tool-words.ts'
import { Section } from './section.tsx'

/** Model and tools of the agent of a direct chat. */
export function AgentFacts({ agentId }: { agentId: string }) {
  const { t } = useTranslation('details')
  const agent = useAgentMap().get(agentId)
  if (!agent) return null
  return (
    <Section
      title={t('agent')}
      action={
        <Link
          to="/agents/$agentId"
          params={{ agentId }}
          className="rounded-sm text-meta font-medium text-accent-text hover:underline"
        >
          {t('openAgent')}
        </Link>
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-ui">
        <dt className="text-muted">{t('model')}</dt>
        <dd className="min-w-0 text-right break-words">{agent.model || t('modelDefault')}</dd>
        <dt className="text-muted">{t('tools')}</dt>
        <dd className="flex flex-wrap justify-end gap-1">
          {agent.tools.length === 0
            ? t('toolsNone')
            : agent.tools.map((tool) => <Badge key={tool}>{toolLabel(tool)}</Badge>)}
        </dd>
      </dl>
    </Section>
  )
}
