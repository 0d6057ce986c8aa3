import type { Person } from '@parley/protocol/workspace'
import { MessageSquare, UserX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePresence } from '../../app/live.ts'
import { PaneHeader } from '../../app/pane-header.tsx'
import { useCan, useMe, usePeople } from '../../app/queries.ts'
import { formatDateTime } from '../../i18n/format.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useOpenDirect } from '../chats/open-direct.ts'
import { ManagePerson } from './manage-person.tsx'
import { ProfileForm } from './profile-form.tsx'

/** One person: a profile to edit for oneself, people to manage for the owner. */
export function PersonView({ id }: { id: string }) {
  const { t } = useTranslation('people')
  const { data: people } = usePeople()
  const person = people?.find((other) => other.id === id)
  if (person) return <KnownPerson person={person} />
  return (
    <>
      <PaneHeader backTo="/people" title={people ? t('title') : <Skeleton className="h-4 w-32" />} />
      {people ? (
        <EmptyState icon={UserX} title={t('missing.title')}>
          {t('missing.text')}
        </EmptyState>
      ) : null}
    </>
  )
}

function KnownPerson({ person }: { person: Person }) {
  const { t } = useTranslation(['people', 'common'])
  const me = useMe()
  const isOwner = useCan('owner')
  const mayWrite = useCan('member')
  const presence = usePresence(person.id)
  const isMe = person.id === me.id
  return (
    <>
      <PaneHeader
        backTo="/people"
        leading={<Avatar id={person.id} name={person.name} avatar={person.avatar} size={36} presence={presence} />}
        title={
          <span className="flex items-center gap-2">
            <span className="truncate">{person.name}</span>
            {isMe ? <Badge>{t('common:you')}</Badge> : null}
          </span>
        }
        subtitle={t(`common:status.${presence}`)}
        actions={!isMe && mayWrite ? <MessageButton personId={person.id} /> : null}
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-5 pb-12 md:px-5">
        <div className="flex max-w-140 flex-col gap-8">
          {isMe || isOwner ? (
            <ProfileForm key={person.id} person={person} isMe={isMe} />
          ) : (
            <Avatar id={person.id} name={person.name} avatar={person.avatar} size={88} />
          )}
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-ui">
            {isOwner && !isMe ? null : (
              <>
                <dt className="text-muted">{t('role')}</dt>
                <dd className="text-fg">{t(`common:role.${person.role}`)}</dd>
              </>
            )}
            <dt className="text-muted">{t('since')}</dt>
            <dd className="text-fg">{formatDateTime(person.createdAt)}</dd>
          </dl>
          {isOwner && !isMe ? <ManagePerson key={person.id} person={person} /> : null}
        </div>
      </div>
    </>
  )
}

function MessageButton({ personId }: { personId: string }) {
  const { t } = useTranslation('people')
  const openDirect = useOpenDirect()
  const [opening, setOpening] = useState(false)
  return (
    <Button
      size="sm"
      icon={MessageSquare}
      busy={opening}
      onClick={() => {
        setOpening(true)
        void openDirect({ userId: personId }).finally(() => setOpening(false))
      }}
    >
      {t('message')}
    </Button>
  )
}
