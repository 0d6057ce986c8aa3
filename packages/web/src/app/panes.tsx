import type { ReactNode } from 'react'
import { cx } from '../ui/classes.ts'
import { useLayout } from './layout.ts'

export interface PanesProps {
  /** The list pane: 280–300 px wide, or the whole screen on a phone while nothing is selected. */
  list: ReactNode
  /** True when the main pane has something to show, e.g. an id in the path. Decides the pane on a phone. */
  selected: boolean
  /** Name of the list landmark. */
  listLabel: string
  children: ReactNode
}

/** List and main pane side by side; on a phone one of them. Every page of the shell is built with it. */
export function Panes({ list, selected, listLabel, children }: PanesProps) {
  const narrow = useLayout() === 'narrow'
  const covered = narrow && selected
  return (
    <>
      {/* A covered list stays in the document, so that going back finds it scrolled as it was. */}
      <section
        aria-label={listLabel}
        inert={covered}
        className={cx(
          'flex min-h-0 min-w-0 flex-col bg-subtle',
          narrow ? 'flex-1' : 'w-70 shrink-0 border-r border-line lg:w-75',
          // As high as when the tab bar is below it, or its scroll position would be cut.
          covered && 'invisible absolute inset-0 bottom-14',
        )}
      >
        {list}
      </section>
      {!narrow || selected ? (
        <main className="relative flex min-h-0 min-w-0 flex-1 flex-col bg-canvas">{children}</main>
      ) : null}
    </>
  )
}
