import { cx } from './classes.ts'
import { keyNames } from './platform.ts'

/** Draws a key combination such as `mod+shift+m`: `⌘ ⇧ M` on Apple systems, `Ctrl Shift M` elsewhere. */
export function Kbd({ keys, tone = 'plain' }: { keys: string; tone?: 'plain' | 'inverse' }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {keyNames(keys).map((name) => (
        <kbd
          key={name}
          className={cx(
            'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border px-1 font-sans text-micro',
            tone === 'plain' ? 'border-line-strong bg-subtle text-muted' : 'border-control/50 text-on-inverse',
          )}
        >
          {name}
        </kbd>
      ))}
    </span>
  )
}
