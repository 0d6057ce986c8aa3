import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { isFocusByTab } from './focus-origin.ts'
import { Kbd } from './kbd.tsx'

export interface TooltipProps {
  label: ReactNode
  /** Key combination such as `mod+k`, drawn for the person's platform. */
  shortcut?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  /** One focusable element. */
  children: ReactElement
}

/** Milliseconds until the label is gone and no longer the layer on top. */
const GONE_MS = 50

/** One Escape takes the label away and also reaches the dialog or menu it is in: a label must not cost a key press. */
function passOn(event: KeyboardEvent): void {
  const { target } = event
  if (!event.isTrusted) return
  setTimeout(() => {
    target?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
  }, GONE_MS)
}

/** A short label on hover and focus. It repeats the name of the control, so it is hidden from assistive technology. */
export function Tooltip({ label, shortcut, side = 'top', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger
        asChild
        onFocus={(event) => {
          // Focus that returns from a dialog or menu must not cover what was there with a label, nor take the next Escape.
          if (!isFocusByTab()) event.preventDefault()
        }}
      >
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onEscapeKeyDown={passOn}
          className="z-60 flex max-w-72 animate-fade-in items-center gap-2 rounded-sm bg-inverse px-2 py-1 text-small text-on-inverse"
        >
          {label}
          {shortcut ? <Kbd keys={shortcut} tone="inverse" /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export const TooltipProvider = Radix.Provider
