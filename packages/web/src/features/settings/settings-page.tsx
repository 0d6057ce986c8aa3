import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLayout } from '../../app/layout.ts'
import { PaneBoundary } from '../../app/pane-boundary.tsx'
import { PaneHeader } from '../../app/pane-header.tsx'
import { Panes } from '../../app/panes.tsx'
import { useCan } from '../../app/queries.ts'
import { NotFound } from '../../app/route-states.tsx'
import { AboutSection } from './about/about-section.tsx'
import { AppearanceSection } from './appearance/appearance-section.tsx'
import { ModelsSection } from './models/models-section.tsx'
import { NotificationsSection } from './notifications/notifications-section.tsx'
import { type SettingsSection, settingsSections } from './sections.ts'
import { SessionsSection } from './sessions/sessions-section.tsx'
import { SettingsList } from './settings-list.tsx'
import { useSectionName } from './use-section-name.ts'

const pages: Record<SettingsSection['id'], () => React.ReactNode> = {
  models: ModelsSection,
  appearance: AppearanceSection,
  notifications: NotificationsSection,
  sessions: SessionsSection,
  about: AboutSection,
}

/** Settings: the list of sections, and the open one. Where there is room, the first is open from the start. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const { section } = useParams({ strict: false }) as { section?: string }
  const narrow = useLayout() === 'narrow'
  const first = useCan('member') ? 'models' : 'appearance'
  const open = section ?? (narrow ? undefined : first)
  return (
    <Panes list={<SettingsList open={open} />} listLabel={t('title')} selected={section !== undefined}>
      <PaneBoundary resetKey={open ?? ''}>{open === undefined ? null : <Section id={open} />}</PaneBoundary>
    </Panes>
  )
}

function Section({ id }: { id: string }) {
  const nameOf = useSectionName()
  const section = settingsSections.find((other) => other.id === id)
  const allowed = useCan(section?.role ?? 'guest')
  if (!section || !allowed) return <NotFound />
  const Page = pages[section.id]
  return (
    <>
      <PaneHeader backTo="/settings" title={nameOf(section.id)} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-5 pb-12 md:px-5">
        <div className="flex max-w-160 flex-col gap-9">
          <Page key={section.id} />
        </div>
      </div>
    </>
  )
}
