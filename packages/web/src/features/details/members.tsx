import type { Channel, Member } from '@parley/protocol/workspace'
import { useNavigate } from '@tanstack/react-router'
import { CircleUser, Ellipsis, MessageCircle, Star, UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePresence } from '../../app/live.ts'
import { useMe } from '../../app/queries.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useFaces } from '../chats/channel-face.ts'
import { useOpenDirect } from '../chats/open-direct.ts'
import { AddMembersDialog } from './add-members-dialog.tsx'
import { Section } from './section.tsx'
import type { Membership } from './use-membership.ts'

/** Who is in a group. */
export function Members({ channel, membership }: { channel: Channel; membership: Membership }) {
  const { t } = useTranslation(['details', 'common'])
  const { members, remove } = membership
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Member | null>(null)
  return (
    <Section
      title={members.data ? t('memberCount', { count: members.data.length }) : t('members')}
      action={<IconButton icon={UserPlus} size="sm" label={t('add')} onClick={() => setAdding(true)} />}
    >
      {members.isPending ? (
        <div className="-mx-4">
          <SkeletonRows count={3} />
        </div>
      ) : null}
      {members.isError ? (
        <div className="flex items-center justify-between gap-2 text-meta text-muted">
          {t('membersFailed')}
          <Button size="sm" onClick={() => void members.refetch()}>
            {t('common:retry')}
          </Button>
        </div>
      ) : null}
      <ul className="-mx-2">
        {members.data?.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            channel={channel}
            membership={membership}
            onRemove={() => setRemoving(member)}
          />
        ))}
      </ul>
      {adding ? <AddMembersDialog channel={channel} membership={membership} onClose={() => setAdding(false)} /> : null}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t('removeTitle', { name: removing?.name ?? '' })}
        description={t('removeText', { name: removing?.name ?? '' })}
        confirmLabel={t('removeConfirm')}
        onConfirm={() => (removing ? remove(removing.id) : undefined)}
      />
    </Section>
  )
}

function MemberRow({
  member,
  channel,
  membership,
  onRemove,
}: {
  member: Member
  channel: Channel
  membership: Membership
  onRemove: () => void
}) {
  const { t } = useTranslation(['details', 'common'])
  const me = useMe()
  const faces = useFaces()
  const navigate = useNavigate()
  const openDirect = useOpenDirect()
  const agent = member.type === 'agent'
  const face = agent ? faces.agent(member.id) : faces.person(member.id)
  const name = agent ? face.name : member.name
  const told = usePresence(member.id)
  const status = agent ? member.status : told
  const leads = channel.leaderAgentId === member.id
  const self = member.id === me.id
  return (
    <li className="group/member flex min-h-12 items-center gap-3 rounded-md py-1 pr-1 pl-2 hover:bg-hover">
      <Avatar
        id={member.id}
        name={name}
        avatar={member.avatar}
        size={36}
        shape={agent ? 'square' : 'round'}
        presence={agent ? undefined : status}
      />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5">
          <span className="min-w-0 truncate text-ui font-medium">{name}</span>
          {self ? <span className="shrink-0 text-small text-muted">{t('common:you')}</span> : null}
          {leads ? <Badge tone="accent">{t('leaderBadge')}</Badge> : null}
        </span>
        <span className="block truncate text-small text-muted">
          {agent
            ? status !== 'disabled'
              ? face.description || t('agent')
              : t(`common:status.${status}`)
            : member.role === 'member'
              ? t(`common:status.${status}`)
              : t(`common:role.${member.role}`)}
        </span>
      </span>
      {self ? null : (
        <Menu
          trigger={<IconButton icon={Ellipsis} size="sm" label={t('common:more')} />}
          entries={[
            {
              key: 'write',
              label: t('write', { name }),
              icon: MessageCircle,
              onSelect: () => void openDirect(agent ? { agentId: member.id } : { userId: member.id }),
            },
            {
              key: 'profile',
              label: t('profile'),
              icon: CircleUser,
              onSelect: () =>
                void (agent
                  ? navigate({ to: '/agents/$agentId', params: { agentId: member.id } })
                  : navigate({ to: '/people/$personId', params: { personId: member.id } })),
            },
            agent &&
              !leads &&
              membership.mayManage && {
                key: 'lead',
                label: t('makeLeader', { name }),
                icon: Star,
                onSelect: () => void membership.update({ leaderAgentId: member.id }).catch(() => {}),
              },
            membership.mayManage && 'separator',
            membership.mayManage && {
              key: 'remove',
              label: t('remove'),
              icon: UserMinus,
              tone: 'danger',
              onSelect: onRemove,
            },
          ]}
        />
      )}
    </li>
  )
}
