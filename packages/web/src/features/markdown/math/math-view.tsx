/** Draws one formula with KaTeX; this file, its style sheet and fonts load with the first formula. */
import 'katex/dist/katex.min.css'
import katex from 'katex'
import 'katex/contrib/mhchem'
import 'katex/contrib/copy-tex'
import { useLayoutEffect, useRef } from 'react'

interface MathViewProps {
  readonly tex: string
  readonly display: boolean
}

export default function MathView({ tex, display }: MathViewProps) {
  const place = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (place.current) typeset(place.current, tex, display)
  }, [tex, display])
  return <span ref={place} />
}

/** A formula KaTeX cannot read is shown as its source, with the reason in the tooltip. */
function typeset(place: HTMLElement, tex: string, display: boolean): void {
  place.removeAttribute('title')
  place.className = ''
  try {
    // `render` builds nodes; a string of HTML would carry style attributes a strict content security policy drops.
    katex.render(tex, place, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxExpand: 500,
      maxSize: 40,
    })
  } catch (error) {
    place.textContent = tex
    place.className = 'md-tex'
    place.title = error instanceof Error ? error.message : String(error)
  }
}
