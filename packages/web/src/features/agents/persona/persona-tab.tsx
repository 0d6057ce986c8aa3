import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLayout } from '../../../app/layout.ts'
import { cx } from '../../../ui/classes.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { PersonaBar } from './persona-bar.tsx'
import { SOUL_LIMIT } from './soul-limit.ts'
import type { PersonaDraft } from './use-persona-draft.ts'

const Markdown = lazy(() => import('../../markdown/markdown.tsx'))

const pane = 'h-[max(280px,calc(100dvh-236px))] rounded-md border border-line-strong'

/** The source of SOUL.md beside what it looks like; one of the two where there is no room. */
export function PersonaTab({ draft, readOnly }: { draft: PersonaDraft; readOnly: boolean }) {
  const { t } = useTranslation('agents')
  const wide = useLayout() === 'wide'
  const [view, setView] = useState<'write' | 'preview'>('write')
  if (readOnly) return <Preview text={draft.text} className="rounded-md border border-line p-4" />
  return (
    <div className="flex flex-col gap-3">
      <PersonaBar
        draft={draft}
        view={
          wide ? null : (
            <Segmented
              aria-label={t('persona.view')}
              value={view}
              onChange={setView}
              options={[
                { value: 'write', label: t('persona.write') },
                { value: 'preview', label: t('persona.preview') },
              ]}
            />
          )
        }
      />
      <div className={cx('grid gap-4', wide && 'grid-cols-2')}>
        {wide || view === 'write' ? <Editor draft={draft} /> : null}
        {wide || view === 'preview' ? (
          <section aria-label={t('persona.preview')} className={cx(pane, 'overflow-y-auto border-line bg-subtle p-4')}>
            <Preview text={draft.text} className="" />
          </section>
        ) : null}
      </div>
    </div>
  )
}

function Editor({ draft }: { draft: PersonaDraft }) {
  const { t } = useTranslation('agents')
  return (
    <textarea
      aria-label={t('persona.editor')}
      value={draft.text}
      maxLength={SOUL_LIMIT}
      spellCheck={false}
      placeholder={t('persona.placeholder')}
      onChange={(event) => draft.edit(event.target.value)}
      className={cx(
        pane,
        'w-full resize-none bg-canvas p-4 font-mono text-meta leading-5.5 text-fg transition-colors hover:border-control focus:border-accent-text focus:ring-1 focus:ring-accent-text',
      )}
    />
  )
}

function Preview({ text, className }: { text: string; className: string }) {
  const { t } = useTranslation('agents')
  const calm = useDeferredValue(text)
  if (calm.trim() === '') return <p className={cx(className, 'text-ui text-muted')}>{t('persona.empty')}</p>
  return (
    <div className={cx(className, 'text-ui')}>
      <Suspense fallback={<Skeleton className="h-40 w-full" />}>
        <Markdown text={calm} />
      </Suspense>
    </div>
  )
}
