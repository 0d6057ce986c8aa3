import { TriangleAlert } from 'lucide-react'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

interface Props {
  children: ReactNode
  /** A new value (the id of what is shown) clears the error. */
  resetKey?: string
}

interface State {
  error: Error | null
  key: string | undefined
}

/** Keeps an error in one pane: the others go on, this one says so and offers another try. */
export class PaneBoundary extends Component<Props, State> {
  override state: State = { error: null, key: undefined }

  static getDerivedStateFromProps({ resetKey }: Props, { key }: State): State | null {
    return resetKey === key ? null : { error: null, key: resetKey }
  }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    // The only place an error of a pane is written down; nothing of it leaves the browser.
    // oxlint-disable-next-line no-console
    console.error('pane failed', error, info.componentStack)
  }

  #retry(): void {
    // Code that did not load (an old tab after an update) loads only with the page.
    if (this.state.error?.message.includes('module')) location.reload()
    else this.setState({ error: null })
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return <PaneError error={this.state.error} onRetry={() => this.#retry()} />
  }
}

function PaneError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation(['errors', 'common'])
  return (
    <div role="alert" className="flex min-h-0 flex-1 flex-col overflow-y-auto bg-canvas">
      <EmptyState
        icon={TriangleAlert}
        title={t('paneTitle')}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button onClick={() => location.reload()}>{t('reload')}</Button>
            <Button variant="primary" onClick={onRetry}>
              {t('common:retry')}
            </Button>
          </div>
        }
      >
        {t('paneText')}
      </EmptyState>
      <details className="mx-auto mb-6 max-w-120 px-6 text-meta text-muted">
        <summary className="py-2 text-center">{t('detail')}</summary>
        <pre className="overflow-x-auto rounded-md bg-hover p-3 font-mono text-small whitespace-pre-wrap">{`${error.name}: ${error.message}`}</pre>
      </details>
    </div>
  )
}
