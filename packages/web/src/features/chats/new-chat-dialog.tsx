import { Bot, Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SearchInput } from '../../ui/input.tsx'
import { CandidateList } from './candidate-list.tsx'
import { NewGroupForm } from './new-group-form.tsx'
import { useOpenDirect } from './open-direct.ts'
import { useCandidates } from './use-candidates.ts'

/** Starts a direct chat or a group. */
export default function NewChatDialog({ kind, onClose }: { kind: 'direct' | 'group'; onClose: () => void }) {
  const { t } = useTranslation('chat')
  if (kind === 'group') return <NewGroupForm onClose={onClose} />
  return (
    <Dialog open title={t('newChat.directTitle')} onOpenChange={(open) => !open && onClose()} size="sm">
      <DirectPicker onClose={onClose} />
    </Dialog>
  )
}

function DirectPicker({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('chat')
  const [search, setSearch] = useState('')
  const candidates = useCandidates(search)
  const openDirect = useOpenDirect()
  const nobody = search === '' && !candidates.loading && candidates.agents.length + candidates.people.length === 0
  if (nobody) {
    return (
      <EmptyState icon={Bot} title={t('newChat.noneTitle')}>
        {t('newChat.noneText')}
      </EmptyState>
    )
  }
  return (
    <>
      <SearchInput
        icon={Search}
        label={t('newChat.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className="min-h-72">
        <CandidateList
          {...candidates}
          onPick={(candidate) => {
            onClose()
            void openDirect(candidate.kind === 'agent' ? { agentId: candidate.id } : { userId: candidate.id })
          }}
        />
      </div>
    </>
  )
}
