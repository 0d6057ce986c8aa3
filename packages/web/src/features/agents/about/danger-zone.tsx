import type { AgentDetail } from '@parley/protocol/workspace'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { useInbox } from '../../../app/live.ts'
import { queryKeys } from '../../../app/queries.ts'
import { useApi } from '../../../app/sync-context.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { SwitchRow } from '../../../ui/switch.tsx'
import { toast } from '../../../ui/toast.tsx'
import { agentName } from '../../chats/channel-face.ts'
import { useChangeAgent } from '../use-agent.ts'

/** Switching the agent off, which can be undone, and deleting it, which cannot. */
export function DangerZone({ agent }: { agent: AgentDetail }) {
  const { t, i18n } = useTranslation('agents')
  const change = useChangeAgent(agent.id)
  const errorText = useErrorText()
  const [asking, setAsking] = useState(false)
  return (
    <section aria-label={t('danger.title')} className="border-t border-line pt-5">
      <SwitchRow
        label={t('danger.active')}
        note={t('danger.activeNote')}
        checked={agent.status !== 'disabled'}
        onChange={(on) =>
          change.mutate({ disabled: !on }, { onError: (error) => toast({ tone: 'danger', message: errorText(error) }) })
        }
      />
      <Button variant="danger-quiet" className="mt-2 -ml-4" onClick={() => setAsking(true)}>
        {t('danger.delete', { name: agentName(agent, i18n.language) })}
      </Button>
      <DeleteDialog agent={agent} open={asking} onOpenChange={setAsking} />
    </section>
  )
}

function DeleteDialog({
  agent,
  open,
  onOpenChange,
}: {
  agent: AgentDetail
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { t, i18n } = useTranslation('agents')
  const api = useApi()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const { channels } = useInbox()
  const name = agentName(agent, i18n.language)
  const chats = channels.filter((channel) => channel.agentIds.includes(agent.id)).length
  const remove = async (): Promise<void> => {
    try {
      await api.call('deleteAgent', { params: { id: agent.id } })
    } catch (error) {
      toast({ tone: 'danger', message: errorText(error) })
      throw error
    }
    await navigate({ to: '/agents', ignoreBlocker: true })
    queryClient.removeQueries({ queryKey: queryKeys.agent(agent.id) })
    await queryClient.invalidateQueries({ queryKey: queryKeys.agents })
    toast({ message: t('danger.deleted', { name }) })
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('danger.title2', { name })}
      description={
        <>
          <span className="block">{t('danger.losesPersona')}</span>
          <span className="mt-1 block">{t('danger.losesChats', { count: chats })}</span>
          <span className="mt-1 block">{t('danger.keeps')}</span>
        </>
      }
      confirmLabel={t('danger.confirm')}
      onConfirm={remove}
    />
  )
}
