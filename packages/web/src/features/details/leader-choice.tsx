import type { Channel } from '@parley/protocol/workspace'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/select.tsx'
import { useFaces } from '../chats/channel-face.ts'
import { Section } from './section.tsx'
import type { Membership } from './use-membership.ts'

/** Which agent answers when a message of the group mentions nobody. */
export function LeaderChoice({ channel, membership }: { channel: Channel; membership: Membership }) {
  const { t } = useTranslation('details')
  const faces = useFaces()
  const choose = (id: string): void => void membership.update({ leaderAgentId: id === '' ? null : id }).catch(() => {})
  return (
    <Section title={t('leader')}>
      <Select
        aria-label={t('leader')}
        value={channel.leaderAgentId ?? ''}
        disabled={!membership.mayManage}
        onChange={choose}
        options={[
          ...channel.agentIds.map((id) => ({ value: id, label: faces.agent(id).name })),
          { value: '', label: t('nobody') },
        ]}
      />
    </Section>
  )
}
