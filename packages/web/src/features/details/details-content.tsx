import type { Channel } from '@parley/protocol/workspace'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { useSession } from '../../app/sync-context.tsx'
import { formatDateTime } from '../../i18n/format.ts'
import { SwitchRow } from '../../ui/switch.tsx'
import { toast } from '../../ui/toast.tsx'
import { AgentFacts } from './agent-facts.tsx'
import { DangerZone } from './danger-zone.tsx'
import { Files } from './files.tsx'
import { GroupHead } from './group-head.tsx'
import { LeaderChoice } from './leader-choice.tsx'
import { Members } from './members.tsx'
import { Section } from './section.tsx'
import { useMembership } from './use-membership.ts'

/** Everything about a conversation that is not a message. */
export function DetailsContent({ channel }: { channel: Channel }) {
  const { t } = useTranslation('details')
  const { inbox } = useSession()
  const errorText = useErrorText()
  const membership = useMembership(channel)
  const group = channel.type === 'group'
  const set = (change: { pinned?: boolean; muted?: boolean }): void => {
    inbox
      .setPreferences(channel.id, change)
      .catch((error: unknown) => toast({ tone: 'danger', message: errorText(error) }))
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-6">
      <GroupHead channel={channel} membership={membership} />
      {!group && channel.agentIds[0] ? <AgentFacts agentId={channel.agentIds[0]} /> : null}
      <Section title={t('notifications')}>
        <SwitchRow label={t('pin')} checked={channel.pinned} onChange={(pinned) => set({ pinned })} />
        <SwitchRow
          label={t('mute')}
          note={t('muteNote')}
          checked={channel.muted}
          onChange={(muted) => set({ muted })}
        />
      </Section>
      {group ? <Members channel={channel} membership={membership} /> : null}
      {group && channel.agentIds.length > 0 ? <LeaderChoice channel={channel} membership={membership} /> : null}
      <Files channelId={channel.id} />
      <DangerZone channel={channel} membership={membership} />
      <p className="px-5 pt-2 text-small text-muted">{t('created', { date: formatDateTime(channel.createdAt) })}</p>
    </div>
  )
}
