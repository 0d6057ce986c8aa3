import type { Channel } from '@parley/protocol/workspace'
import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SearchInput } from '../../ui/input.tsx'
import { CandidateList } from '../chats/candidate-list.tsx'
import { type Candidate, useCandidates } from '../chats/use-candidates.ts'
import type { Membership } from './use-membership.ts'

/** Chooses agents and people to add to a group. */
export function AddMembersDialog({
  channel,
  membership,
  onClose,
}: {
  channel: Channel
  membership: Membership
  onClose: () => void
}) {
  const { t } = useTranslation(['details', 'chat', 'common'])
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<readonly Candidate[]>([])
  const [busy, setBusy] = useState(false)
  const present = useMemo(() => new Set([...channel.agentIds, ...channel.userIds]), [channel.agentIds, channel.userIds])
  const candidates = useCandidates(search, present)
  const nobodyLeft = search === '' && !candidates.loading && candidates.agents.length + candidates.people.length === 0
  const ids = (kind: Candidate['kind']): string[] =>
    chosen.filter((candidate) => candidate.kind === kind).map((candidate) => candidate.id)
  const toggle = (candidate: Candidate): void => {
    const without = chosen.filter((other) => other.id !== candidate.id)
    setChosen(without.length === chosen.length ? [...chosen, candidate] : without)
  }
  const add = async (): Promise<void> => {
    setBusy(true)
    try {
      await membership.add({ agentIds: ids('agent'), userIds: ids('user') })
      onClose()
    } catch {
      // The reason is on screen as a toast; the choice stays for another try.
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      size="sm"
      title={t('addTitle', { name: channel.name })}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button variant="primary" busy={busy} disabled={chosen.length === 0} onClick={() => void add()}>
            {chosen.length === 0 ? t('addNone') : t('addConfirm', { count: chosen.length })}
          </Button>
        </>
      }
    >
      {nobodyLeft ? (
        <p className="py-8 text-center text-ui text-muted">{t('everybodyIn')}</p>
      ) : (
        <>
          <SearchInput
            icon={Search}
            label={t('chat:newChat.search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <div className="min-h-72">
            <CandidateList {...candidates} onPick={toggle} chosen={new Set(chosen.map((candidate) => candidate.id))} />
          </div>
        </>
      )}
    </Dialog>
  )
}
