import { Check, CircleAlert, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { cx } from './classes.ts'
import { copyText } from './copy-text.ts'
import { Icon } from './icon.tsx'

export interface CopyButtonProps {
  /** Read when the button is pressed. */
  text: () => string
  label: string
  copiedLabel: string
  failedLabel: string
  /** `bar` is the small one of a code block's header, `form` stands beside a field. */
  look?: 'bar' | 'form'
  className?: string
}

const looks = {
  bar: 'h-7 rounded-sm px-2 text-small text-muted hover:bg-active hover:text-fg pointer-coarse:h-10',
  form: 'h-10 rounded-md border border-line-strong bg-canvas px-4 text-ui font-medium text-fg hover:bg-hover',
} as const

/** Copies and says so, on screen and to assistive technology. */
export function CopyButton({
  text,
  label,
  copiedLabel,
  failedLabel,
  look = 'bar',
  className,
}: CopyButtonProps): ReactNode {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(setState, 2000, 'idle')
    return () => clearTimeout(timer)
  }, [state])
  const words = { idle: label, copied: copiedLabel, failed: failedLabel }[state]
  return (
    <>
      <button
        type="button"
        className={cx(
          'inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap transition-colors select-none',
          looks[look],
          className,
        )}
        onClick={() => {
          copyText(text()).then(
            () => setState('copied'),
            () => setState('failed'),
          )
        }}
      >
        <Icon icon={{ idle: Copy, copied: Check, failed: CircleAlert }[state]} size={look === 'bar' ? 14 : 16} />
        {words}
      </button>
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : words}
      </span>
    </>
  )
}
