import type { Agent, AgentDetail } from '@parley/protocol/workspace'
import { BotOff, MessageSquare } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { PaneHeader } from '../../app/pane-header.tsx'
import { useAgents, useCan } from '../../app/queries.ts'
import { ApiError } from '../../sync/api/error.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { agentDescription, agentName } from '../chats/channel-face.ts'
import { useOpenDirect } from '../chats/open-direct.ts'
import { LeaveGuard } from '../settings/leave-guard.tsx'
import { AboutTab } from './about/about-tab.tsx'
import { useAboutDraft } from './about/use-about-draft.ts'
import { ModelTab } from './model/model-tab.tsx'
import { PersonaTab } from './persona/persona-tab.tsx'
import { usePersonaDraft } from './persona/use-persona-draft.ts'
import { ToolsTab } from './tools/tools-tab.tsx'
import { useAgentDetail } from './use-agent.ts'

/** One agent: header with what it is, tabs with what can be changed. */
export function AgentView({ id }: { id: string }) {
  const { t } = useTranslation(['agents', 'common'])
  const listed = useAgents().data?.find((agent) => agent.id === id)
  const mayRead = useCan('member')
  const { data, error, refetch } = useAgentDetail(id, mayRead)
  const errorText = useErrorText()
  const agent = data ?? listed
  if (error && !data) {
    const missing = error instanceof ApiError && error.status === 404
    return (
      <>
        <PaneHeader title={t('title')} backTo="/agents" />
        <EmptyState
          icon={BotOff}
          title={missing ? t('missing.title') : t('failed')}
          action={missing ? null : <Button onClick={() => void refetch()}>{t('common:retry')}</Button>}
        >
          {missing ? t('missing.text') : errorText(error)}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      {agent ? (
        <AgentHeader agent={agent} />
      ) : (
        <PaneHeader title={<Skeleton className="h-4 w-32" />} backTo="/agents" />
      )}
      {data ? <AgentTabs key={data.id} agent={data} /> : mayRead ? <AgentSkeleton /> : <AgentCard agent={listed} />}
    </>
  )
}

function AgentHeader({ agent }: { agent: Agent }) {
  const { t, i18n } = useTranslation(['agents', 'common'])
  const openDirect = useOpenDirect()
  const mayWrite = useCan('member')
  const [opening, setOpening] = useState(false)
  const name = agentName(agent, i18n.language)
  const message = async (): Promise<void> => {
    setOpening(true)
    await openDirect({ agentId: agent.id })
    setOpening(false)
  }
  return (
    <PaneHeader
      backTo="/agents"
      leading={<Avatar id={agent.id} name={name} avatar={agent.avatar} size={36} shape="square" />}
      title={
        <span className="flex items-center gap-2">
          <span className="truncate">{name}</span>
          {agent.status === 'online' ? null : (
            <Badge tone={agent.status === 'busy' ? 'warn' : 'neutral'}>{t(`common:status.${agent.status}`)}</Badge>
          )}
        </span>
      }
      subtitle={agentDescription(agent, i18n.language)}
      actions={
        mayWrite ? (
          <Button
            size="sm"
            icon={MessageSquare}
            busy={opening}
            disabled={agent.status === 'disabled'}
            onClick={() => void message()}
          >
            {t('message')}
          </Button>
        ) : null
      }
    />
  )
}

type TabName = 'persona' | 'model' | 'tools' | 'about'

function AgentTabs({ agent }: { agent: AgentDetail }) {
  const { t } = useTranslation('agents')
  const readOnly = !useCan('admin')
  const [tab, setTab] = useState<TabName>('persona')
  // The drafts live here: changing the tab must not throw them away.
  const persona = usePersonaDraft(agent)
  const about = useAboutDraft(agent)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-1 pb-8 md:px-5">
      <Tabs<TabName>
        aria-label={t('tabs.label')}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'persona',
            label: <TabLabel text={t('tabs.persona')} dirty={persona.dirty} />,
            content: <PersonaTab draft={persona} readOnly={readOnly} />,
          },
          { value: 'model', label: t('tabs.model'), content: <ModelTab agent={agent} readOnly={readOnly} /> },
          { value: 'tools', label: t('tabs.tools'), content: <ToolsTab agent={agent} readOnly={readOnly} /> },
          {
            value: 'about',
            label: <TabLabel text={t('tabs.about')} dirty={about.dirty} />,
            content: <AboutTab agent={agent} draft={about} readOnly={readOnly} />,
          },
        ]}
      />
      <LeaveGuard dirty={persona.dirty || about.dirty} />
    </div>
  )
}

function TabLabel({ text, dirty }: { text: string; dirty: boolean }) {
  const { t } = useTranslation('agents')
  return (
    <span className="inline-flex items-center gap-1.5">
      {text}
      {dirty ? (
        <>
          <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />
          <span className="sr-only">{t('tabs.unsaved')}</span>
        </>
      ) : null}
    </span>
  )
}

function AgentSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 px-5 pt-4">
      <Skeleton className="h-6 w-72" />
      <Skeleton className="h-64 w-full rounded-md" />
    </div>
  )
}

/** What guests see: who the agent is, without its persona. */
function AgentCard({ agent }: { agent: Agent | undefined }) {
  const { i18n } = useTranslation()
  if (!agent) return <AgentSkeleton />
  return <p className="px-5 pt-4 text-body text-soft">{agentDescription(agent, i18n.language)}</p>
}
