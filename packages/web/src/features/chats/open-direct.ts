import { useNavigate } from '@tanstack/react-router'
import { useErrorText } from '../../app/error-text.ts'
import { useApi, useSession } from '../../app/sync-context.tsx'
import { toast } from '../../ui/toast.tsx'

/** Opens the direct chat with an agent or a person; the server returns the existing one if there is one. Errors are shown. */
export function useOpenDirect(): (member: { agentId: string } | { userId: string }) => Promise<void> {
  const api = useApi()
  const { inbox } = useSession()
  const navigate = useNavigate()
  const errorText = useErrorText()
  return async (member) => {
    try {
      const { channel } = await api.call('createChannel', {
        body: { type: 'dm', ...('agentId' in member ? { agentIds: [member.agentId] } : { userIds: [member.userId] }) },
      })
      inbox.upsert(channel)
      await navigate({ to: '/chats/$channelId', params: { channelId: channel.id } })
    } catch (error) {
      toast({ tone: 'danger', message: errorText(error) })
    }
  }
}
