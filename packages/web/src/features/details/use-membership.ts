import type { Channel } from '@parley/protocol/workspace'
import { useQueryClient } from '@tanstack/react-query'
import { useErrorText } from '../../app/error-text.ts'
import { queryKeys, useCan, useMe, useMembers } from '../../app/queries.ts'
import { useApi, useSession } from '../../app/sync-context.tsx'
import { toast } from '../../ui/toast.tsx'

/** The members of a channel and what the person may do about it. Failures are shown and rethrown, so a dialog can stay open. */
export function useMembership(channel: Channel) {
  const api = useApi()
  const { inbox } = useSession()
  const queryClient = useQueryClient()
  const errorText = useErrorText()
  const me = useMe()
  const members = useMembers(channel.id)
  const mine = members.data?.find((member) => member.id === me.id)
  const isAdmin = useCan('admin')
  const mayManage = isAdmin || mine?.role === 'owner' || mine?.role === 'admin'

  const attempt = async <T>(task: () => Promise<T>): Promise<T> => {
    try {
      return await task()
    } catch (error) {
      toast({ tone: 'danger', message: errorText(error) })
      throw error
    } finally {
      void queryClient.invalidateQueries({ queryKey: queryKeys.members(channel.id) })
    }
  }

  return {
    members,
    /** Rename, choose the leader, remove others. */
    mayManage,
    mayDelete: isAdmin || mine?.role === 'owner',
    update: (body: { name?: string; avatar?: string; leaderAgentId?: string | null }) =>
      attempt(async () =>
        inbox.upsert((await api.call('updateChannel', { params: { id: channel.id }, body })).channel),
      ),
    add: (body: { agentIds: string[]; userIds: string[] }) =>
      attempt(async () => {
        await api.call('addMembers', { params: { id: channel.id }, body })
        inbox.upsert((await api.call('getChannel', { params: { id: channel.id } })).channel)
      }),
    remove: (memberId: string) =>
      attempt(async () => {
        await api.call('removeMember', { params: { id: channel.id, memberId } })
        if (memberId === me.id) inbox.remove(channel.id)
        else inbox.upsert((await api.call('getChannel', { params: { id: channel.id } })).channel)
      }),
    destroy: () =>
      attempt(async () => {
        await api.call('deleteChannel', { params: { id: channel.id } })
        inbox.remove(channel.id)
      }),
  }
}

export type Membership = ReturnType<typeof useMembership>
