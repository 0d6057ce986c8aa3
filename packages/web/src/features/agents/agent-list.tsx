import type { Agent } from '@parley/protocol/workspace'
import { useNavigate } from '@tanstack/react-router'
import { Bot, Plus, Search } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { PaneHeader } from '../../app/pane-header.tsx'
import { useAgents, useCan } from '../../app/queries.ts'
import { compareNames } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SearchInput } from '../../ui/input.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { agentDescription, agentName } from '../chats/channel-face.ts'
import { matchesName } from '../chats/match-name.ts'
import { AgentRow } from './agent-row.tsx'

/** All agents by name, those switched off last. */
export function AgentList({ selectedId }: { selectedId: string | undefined }) {
  const { t } = useTranslation(['agents', 'common'])
  const { data, isPending, error, refetch } = useAgents()
  const navigate = useNavigate()
  const mayCreate = useCan('admin')
  const errorText = useErrorText()
  const [filter, setFilter] = useState('')
  const shown = useShown(data, useDeferredValue(filter))
  const create = (): void => void navigate({ to: '/agents/$agentId', params: { agentId: 'new' } })
  return (
    <>
      <PaneHeader
        kind="list"
        title={t('title')}
        actions={mayCreate ? <IconButton icon={Plus} label={t('new.action')} onClick={create} /> : null}
      />
      <div className="px-3 pb-2">
        <SearchInput
          icon={Search}
          label={t('filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto" aria-busy={isPending}>
        {isPending ? <SkeletonRows count={5} /> : null}
        {error && !data ? (
          <EmptyState
            icon={Bot}
            title={t('failed')}
            action={<Button onClick={() => void refetch()}>{t('common:retry')}</Button>}
          >
            {errorText(error)}
          </EmptyState>
        ) : null}
        {data?.length === 0 ? (
          <EmptyState
            icon={Bot}
            title={t('empty.title')}
            action={
              mayCreate ? (
                <Button variant="primary" onClick={create}>
                  {t('new.action')}
                </Button>
              ) : null
            }
          >
            {t('empty.text')}
          </EmptyState>
        ) : null}
        {data && data.length > 0 && shown.length === 0 ? (
          <p className="px-6 py-8 text-center text-meta text-muted">{t('noMatch')}</p>
        ) : null}
        <ul className="flex flex-col gap-0.5 px-2 pb-3">
          {shown.map((agent) => (
            <AgentRow key={agent.id} agent={agent} selected={agent.id === selectedId} />
          ))}
        </ul>
      </div>
    </>
  )
}

function useShown(agents: readonly Agent[] | undefined, filter: string): readonly Agent[] {
  const { language } = useTranslation().i18n
  return useMemo(() => {
    const off = (agent: Agent): number => (agent.status === 'disabled' ? 1 : 0)
    const words = (agent: Agent): string =>
      [agentName(agent, language), agent.name, ...agent.aliases, agentDescription(agent, language), agent.model].join(
        ' ',
      )
    return (agents ?? [])
      .filter((agent) => filter.trim() === '' || matchesName(words(agent), filter))
      .sort((a, b) => off(a) - off(b) || compareNames(agentName(a, language), agentName(b, language)))
  }, [agents, filter, language])
}
