import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { CheckMark } from '../../ui/checkbox.tsx'
import { cx } from '../../ui/classes.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import type { Candidate } from './use-candidates.ts'

export interface CandidateListProps {
  agents: readonly Candidate[]
  people: readonly Candidate[]
  loading: boolean
  onPick: (candidate: Candidate) => void
  /** Ids that are chosen; leave out to pick one and be done. */
  chosen?: ReadonlySet<string>
}

/** Agents and people to choose from. */
export function CandidateList({ agents, people, loading, onPick, chosen }: CandidateListProps) {
  const { t } = useTranslation('chat')
  if (loading) return <SkeletonRows count={4} />
  if (agents.length === 0 && people.length === 0)
    return <p className="py-8 text-center text-meta text-muted">{t('newChat.noMatch')}</p>
  return (
    <div className="-mx-2">
      {agents.length > 0 ? <Section title={t('newChat.agents')} list={agents} onPick={onPick} chosen={chosen} /> : null}
      {people.length > 0 ? <Section title={t('newChat.people')} list={people} onPick={onPick} chosen={chosen} /> : null}
    </div>
  )
}

function Section({
  title,
  list,
  onPick,
  chosen,
}: {
  title: string
  list: readonly Candidate[]
  onPick: (candidate: Candidate) => void
  chosen: ReadonlySet<string> | undefined
}) {
  const { t } = useTranslation(['chat', 'common'])
  return (
    <section aria-label={title}>
      <h3 className="px-2 pt-3 pb-1 text-small font-medium text-muted">{title}</h3>
      <ul>
        {list.map((candidate) => {
          const isChosen = chosen?.has(candidate.id) ?? false
          return (
            <li key={candidate.id}>
              <button
                type="button"
                {...(chosen ? { role: 'checkbox', 'aria-checked': isChosen } : {})}
                onClick={() => onPick(candidate)}
                className={cx(
                  'flex min-h-13 w-full items-center gap-3 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2',
                  candidate.disabled && 'opacity-70',
                )}
              >
                <Avatar
                  id={candidate.id}
                  name={candidate.name}
                  avatar={candidate.avatar}
                  size={36}
                  shape={candidate.kind === 'agent' ? 'square' : 'round'}
                  presence={candidate.kind === 'user' ? candidate.status : undefined}
                />
                <span className="min-w-0 flex-1">
                  <span className="flex items-center gap-2">
                    <span className="truncate text-ui font-medium">{candidate.name}</span>
                    {candidate.disabled ? <Badge>{t('common:status.disabled')}</Badge> : null}
                  </span>
                  {candidate.description ? (
                    <span className="block truncate text-meta text-muted">{candidate.description}</span>
                  ) : null}
                </span>
                {chosen ? <CheckMark checked={isChosen} /> : null}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
