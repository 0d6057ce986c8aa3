import { useParams } from '@tanstack/react-router'
import { UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PaneBoundary } from '../../app/pane-boundary.tsx'
import { Panes } from '../../app/panes.tsx'
import { useMe } from '../../app/queries.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PeopleList } from './people-list.tsx'
import { PersonView } from './person-view.tsx'

/** People: the list, and the person that is open; oneself among them. */
export function PeoplePage() {
  const { t } = useTranslation('people')
  const { personId } = useParams({ strict: false }) as { personId?: string }
  const me = useMe()
  const id = personId === 'me' ? me.id : personId
  return (
    <Panes
      list={
        <PaneBoundary>
          <PeopleList selectedId={id} />
        </PaneBoundary>
      }
      listLabel={t('title')}
      selected={id !== undefined}
    >
      <PaneBoundary resetKey={id ?? ''}>
        {id === undefined ? (
          <EmptyState icon={UsersRound} title={t('home.title')}>
            {t('home.text')}
          </EmptyState>
        ) : (
          <PersonView key={id} id={id} />
        )}
      </PaneBoundary>
    </Panes>
  )
}
