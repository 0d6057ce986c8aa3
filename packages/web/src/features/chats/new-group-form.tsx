import { useNavigate } from '@tanstack/react-router'
import { Search, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { useApi, useSession } from '../../app/sync-context.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Input, SearchInput } from '../../ui/input.tsx'
import { Select } from '../../ui/select.tsx'
import { CandidateList } from './candidate-list.tsx'
import { type Candidate, useCandidates } from './use-candidates.ts'

/** The dialog that makes a group: name, members, and who answers when nobody is mentioned. */
export function NewGroupForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['chat', 'common'])
  const api = useApi()
  const { inbox } = useSession()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const [name, setName] = useState('')
  const [search, setSearch] = useState('')
  const [members, setMembers] = useState<readonly Candidate[]>([])
  const [leader, setLeader] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const candidates = useCandidates(search)
  const agents = members.filter((member) => member.kind === 'agent')
  const ids = (kind: Candidate['kind']): string[] =>
    members.filter((member) => member.kind === kind).map((member) => member.id)

  const toggle = (candidate: Candidate): void => {
    const without = members.filter((member) => member.id !== candidate.id)
    const added = without.length === members.length
    setMembers(added ? [...members, candidate] : without)
    // The first agent leads until somebody says otherwise: a group that answers nobody confuses.
    if (added && candidate.kind === 'agent' && agents.length === 0) setLeader(candidate.id)
    if (!added && leader === candidate.id) setLeader(without.find((member) => member.kind === 'agent')?.id ?? '')
  }

  const create = async (): Promise<void> => {
    setTried(true)
    if (name.trim() === '' || members.length === 0) return
    setBusy(true)
    setFailure(null)
    try {
      const { channel } = await api.call('createChannel', {
        body: {
          type: 'group',
          name: name.trim(),
          agentIds: ids('agent'),
          userIds: ids('user'),
          leaderAgentId: leader === '' ? null : leader,
        },
      })
      inbox.upsert(channel)
      onClose()
      await navigate({ to: '/chats/$channelId', params: { channelId: channel.id } })
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      title={t('newChat.groupTitle')}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button variant="primary" busy={busy} onClick={() => void create()}>
            {t('newChat.create')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
        className="flex flex-col gap-4"
      >
        {failure ? <Callout tone="danger">{errorText(failure)}</Callout> : null}
        <Field label={t('newChat.name')} error={tried && name.trim() === '' ? t('newChat.nameMissing') : undefined}>
          <Input
            value={name}
            maxLength={80}
            placeholder={t('newChat.namePlaceholder')}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <section aria-label={t('newChat.members')}>
          <div className="mb-1.5 flex items-baseline justify-between">
            <h3 className="text-meta font-medium text-soft">{t('newChat.members')}</h3>
            <span className="text-small text-muted">{t('newChat.chosen', { count: members.length })}</span>
          </div>
          <Chosen members={members} onRemove={toggle} />
          <SearchInput
            icon={Search}
            label={t('newChat.search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          {tried && members.length === 0 ? (
            <p role="alert" className="mt-1.5 text-meta text-danger">
              {t('newChat.membersMissing')}
            </p>
          ) : null}
          <div className="mt-1 max-h-64 min-h-40 overflow-y-auto px-2">
            <CandidateList {...candidates} onPick={toggle} chosen={new Set(members.map((member) => member.id))} />
          </div>
        </section>
        {agents.length > 0 ? (
          <Field label={t('newChat.leader')} hint={t('newChat.leaderHint')}>
            <Select
              value={leader}
              onChange={setLeader}
              options={[
                ...agents.map((agent) => ({ value: agent.id, label: agent.name })),
                { value: '', label: t('newChat.nobody') },
              ]}
            />
          </Field>
        ) : null}
      </form>
    </Dialog>
  )
}

function Chosen({ members, onRemove }: { members: readonly Candidate[]; onRemove: (candidate: Candidate) => void }) {
  const { t } = useTranslation('chat')
  if (members.length === 0) return null
  return (
    <ul className="mb-2 flex flex-wrap gap-1.5">
      {members.map((member) => (
        <li key={member.id}>
          <button
            type="button"
            aria-label={t('newChat.remove', { name: member.name })}
            onClick={() => onRemove(member)}
            className="flex h-8 items-center gap-1.5 rounded-full bg-active pr-2 pl-1 text-meta text-fg transition-colors hover:bg-pressed pointer-coarse:h-10"
          >
            <Avatar id={member.id} name={member.name} avatar={member.avatar} size={24} />
            <span className="max-w-40 truncate">{member.name}</span>
            <Icon icon={X} size={14} className="text-muted" />
          </button>
        </li>
      ))}
    </ul>
  )
}
