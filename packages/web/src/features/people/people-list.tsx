import type { Person } from '@parley/protocol/workspace'
import { Link } from '@tanstack/react-router'
import { Search, UserPlus, UsersRound } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { usePresence } from '../../app/live.ts'
import { PaneHeader } from '../../app/pane-header.tsx'
import { useCan, useMe, usePeople } from '../../app/queries.ts'
import { compareNames } from '../../i18n/format.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SearchInput } from '../../ui/input.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { matchesName } from '../chats/match-name.ts'
import { AddPersonDialog } from './add-person-dialog.tsx'

/** Everybody of the workspace: oneself first, then by name. */
export function PeopleList({ selectedId }: { selectedId: string | undefined }) {
  const { t } = useTranslation(['people', 'common'])
  const { data, isPending, error, refetch } = usePeople()
  const isOwner = useCan('owner')
  const errorText = useErrorText()
  const [adding, setAdding] = useState(false)
  const [filter, setFilter] = useState('')
  const shown = useShown(data, useDeferredValue(filter))
  return (
    <>
      <PaneHeader
        kind="list"
        title={t('title')}
        actions={
          isOwner ? <IconButton icon={UserPlus} label={t('add.action')} onClick={() => setAdding(true)} /> : null
        }
      />
      <div className="px-3 pb-2">
        <SearchInput
          icon={Search}
          label={t('filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto" aria-busy={isPending}>
        {isPending ? <SkeletonRows count={4} /> : null}
        {error && !data ? (
          <EmptyState
            icon={UsersRound}
            title={t('failed')}
            action={<Button onClick={() => void refetch()}>{t('common:retry')}</Button>}
          >
            {errorText(error)}
          </EmptyState>
        ) : null}
        {data && shown.length === 0 ? (
          <p className="px-6 py-8 text-center text-meta text-muted">{t('noMatch')}</p>
        ) : null}
        <ul className="flex flex-col gap-0.5 px-2 pb-3">
          {shown.map((person) => (
            <PersonRow key={person.id} person={person} selected={person.id === selectedId} />
          ))}
        </ul>
        {data?.length === 1 && isOwner ? (
          <div className="flex flex-col items-center gap-3 px-6 py-6 text-center">
            <p className="text-meta text-balance text-muted">{t('alone')}</p>
            <Button size="sm" icon={UserPlus} onClick={() => setAdding(true)}>
              {t('add.action')}
            </Button>
          </div>
        ) : null}
      </div>
      {adding ? <AddPersonDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function useShown(people: readonly Person[] | undefined, filter: string): readonly Person[] {
  const me = useMe()
  return useMemo(() => {
    const rank = (person: Person): number => (person.id === me.id ? 0 : 1)
    return (people ?? [])
      .filter((person) => filter.trim() === '' || matchesName(person.name, filter))
      .sort((a, b) => rank(a) - rank(b) || compareNames(a.name, b.name))
  }, [people, filter, me.id])
}

function PersonRow({ person, selected }: { person: Person; selected: boolean }) {
  const { t } = useTranslation(['people', 'common'])
  const me = useMe()
  const presence = usePresence(person.id)
  return (
    <li>
      <Link
        to="/people/$personId"
        params={{ personId: person.id }}
        aria-current={selected ? 'page' : undefined}
        className={cx(
          'flex h-14 items-center gap-3 rounded-md px-2.5 transition-colors focus-visible:-outline-offset-2',
          selected ? 'bg-accent-ground' : 'hover:bg-hover active:bg-active',
        )}
      >
        <Avatar id={person.id} name={person.name} avatar={person.avatar} size={40} presence={presence} />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span className="min-w-0 truncate text-ui font-medium">{person.name}</span>
            {person.id === me.id ? <Badge>{t('common:you')}</Badge> : null}
          </span>
          <span className="block truncate text-meta text-muted">
            {t(`common:role.${person.role}`)} · {t(`common:status.${presence}`)}
          </span>
        </span>
      </Link>
    </li>
  )
}
