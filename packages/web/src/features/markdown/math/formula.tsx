import { lazy, Suspense } from 'react'
import { DISPLAY_MARK } from '../parse/math-delimiters.ts'

const MathView = lazy(() => import('./math-view.tsx'))

/** A formula; its TeX source is shown until the typesetter has loaded, and when it cannot be set. */
export function Formula({ tex, display }: { readonly tex: string; readonly display: boolean }): React.JSX.Element {
  const source = tex.startsWith(DISPLAY_MARK) ? tex.slice(DISPLAY_MARK.length) : tex
  return (
    <span className={display ? 'md-math-display' : 'md-math'} {...(display ? { tabIndex: 0 } : {})}>
      <Suspense fallback={<code className="md-tex">{source}</code>}>
        <MathView tex={display ? source : tex} display={display} />
      </Suspense>
    </span>
  )
}
