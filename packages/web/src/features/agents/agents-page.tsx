import { useNavigate, useParams } from '@tanstack/react-router'
import { Bot } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PaneBoundary } from '../../app/pane-boundary.tsx'
import { Panes } from '../../app/panes.tsx'
import { useCan } from '../../app/queries.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { AgentList } from './agent-list.tsx'
import { AgentView } from './agent-view.tsx'
import { NewAgent } from './new/new-agent.tsx'

/** Agents: the list, and the agent that is open. */
export function AgentsPage() {
  const { t } = useTranslation('agents')
  const { agentId } = useParams({ strict: false }) as { agentId?: string }
  return (
    <Panes
      list={
        <PaneBoundary>
          <AgentList selectedId={agentId} />
        </PaneBoundary>
      }
      listLabel={t('title')}
      selected={agentId !== undefined}
    >
      <PaneBoundary resetKey={agentId ?? ''}>
        {agentId === undefined ? (
          <NothingOpen />
        ) : agentId === 'new' ? (
          <NewAgent />
        ) : (
          <AgentView key={agentId} id={agentId} />
        )}
      </PaneBoundary>
    </Panes>
  )
}

function NothingOpen() {
  const { t } = useTranslation('agents')
  const navigate = useNavigate()
  const mayCreate = useCan('admin')
  return (
    <EmptyState
      icon={Bot}
      title={t('home.title')}
      action={
        mayCreate ? (
          <Button
            variant="primary"
            onClick={() => void navigate({ to: '/agents/$agentId', params: { agentId: 'new' } })}
          >
            {t('new.action')}
          </Button>
        ) : null
      }
    >
      {t('home.text')}
    </EmptyState>
  )
}
