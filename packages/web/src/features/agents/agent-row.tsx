import type { Agent } from '@parley/protocol/workspace'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { cx } from '../../ui/classes.ts'
import { agentDescription, agentName } from '../chats/channel-face.ts'
import { modelLabel } from './model/model-options.ts'

/** One line of the list of agents. */
export const AgentRow = memo(function AgentRow({ agent, selected }: { agent: Agent; selected: boolean }) {
  const { t, i18n } = useTranslation(['agents', 'common'])
  const name = agentName(agent, i18n.language)
  const description = agentDescription(agent, i18n.language)
  const off = agent.status === 'disabled'
  return (
    <li>
      <Link
        to="/agents/$agentId"
        params={{ agentId: agent.id }}
        aria-current={selected ? 'page' : undefined}
        className={cx(
          'flex min-h-19 items-center gap-3 rounded-md px-2.5 py-2 transition-colors focus-visible:-outline-offset-2',
          selected ? 'bg-accent-ground' : 'hover:bg-hover active:bg-active',
        )}
      >
        <Avatar
          id={agent.id}
          name={name}
          avatar={agent.avatar}
          size={40}
          shape="square"
          presence={agent.status === 'busy' ? 'busy' : undefined}
          className={cx(off && 'opacity-60 grayscale')}
        />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate text-ui font-medium">{name}</span>
            {agent.status === 'online' ? null : (
              <Badge tone={agent.status === 'busy' ? 'warn' : 'neutral'}>{t(`common:status.${agent.status}`)}</Badge>
            )}
          </span>
          {description === '' ? null : <span className="block truncate text-meta text-soft">{description}</span>}
          <span className="flex gap-1 text-small text-muted">
            <span className="min-w-0 truncate">
              {agent.model === '' ? t('row.defaultModel') : modelLabel(agent.model)}
            </span>
            <span aria-hidden="true">·</span>
            <span className="shrink-0">{t('row.tools', { count: agent.tools.length })}</span>
          </span>
        </span>
      </Link>
    </li>
  )
})
