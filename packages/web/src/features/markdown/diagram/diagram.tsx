import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Segmented } from '../../../ui/segmented.tsx'
import { SourceBox } from '../render/source-box.tsx'

const DiagramView = lazy(() => import('./diagram-view.tsx'))

/** A mermaid diagram with its source one press away. */
export function Diagram({ source }: { readonly source: string }) {
  const { t } = useTranslation('markdown')
  const [view, setView] = useState<'diagram' | 'source'>('diagram')
  const [failure, setFailure] = useState('')
  const toggle = (
    <Segmented
      className="md-diagram-toggle"
      aria-label={t('diagram')}
      value={view}
      onChange={setView}
      options={[
        { value: 'diagram', label: t('showDiagram') },
        { value: 'source', label: t('showSource') },
      ]}
    />
  )
  if (failure !== '') {
    return (
      <>
        <SourceBox code={source} word="mermaid" />
        <p className="md-diagram-note">{t('diagramFailed', { reason: failure })}</p>
      </>
    )
  }
  if (view === 'source') return <SourceBox code={source} word="mermaid" actions={toggle} />
  return (
    <figure className="md-diagram">
      <figcaption className="md-code-head">
        <span className="min-w-0 flex-1 truncate">{t('diagram')}</span>
        {toggle}
      </figcaption>
      <Suspense fallback={<p className="md-diagram-wait">{t('drawing')}</p>}>
        <DiagramView source={source} onFail={setFailure} />
      </Suspense>
    </figure>
  )
}
