import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu as Radix, ContextMenu as RadixContext } from 'radix-ui'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'

/** One entry; `null`, `false` and `undefined` are skipped, `'separator'` draws a line. */
export type MenuEntry =
  | {
      key: string
      label: ReactNode
      icon?: LucideIcon
      shortcut?: string
      tone?: 'danger'
      disabled?: boolean
      /** Set for a switchable entry. */
      checked?: boolean
      onSelect: () => void
    }
  | 'separator'
  | null
  | false
  | undefined

export const menuSurface =
  'z-50 max-h-[min(420px,var(--radix-popper-available-height,420px))] min-w-48 max-w-80 animate-pop-in overflow-y-auto rounded-md bg-canvas p-1 text-ui text-fg shadow-float outline-none'
const itemClasses =
  'flex min-h-8 items-center gap-2.5 rounded-sm px-2.5 py-1 outline-none select-none data-disabled:text-faint data-highlighted:bg-hover pointer-coarse:min-h-10'

export interface MenuProps {
  /** The button that opens the menu. */
  trigger: ReactElement
  entries: readonly MenuEntry[]
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** A line above the entries. */
  title?: ReactNode
  onOpenChange?: (open: boolean) => void
}

/** A dropdown menu behind a button. */
export function Menu({ trigger, entries, align = 'end', side = 'bottom', title, onOpenChange }: MenuProps) {
  return (
    <Radix.Root {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} side={side} sideOffset={4} collisionPadding={8} className={menuSurface}>
          {title ? <Radix.Label className="px-2.5 pt-1.5 pb-1 text-small text-muted">{title}</Radix.Label> : null}
          {renderEntries(entries, Radix)}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The same entries on right click or long press of `children`. */
export function ContextMenu({ children, entries }: { children: ReactElement; entries: readonly MenuEntry[] }) {
  return (
    <RadixContext.Root>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content collisionPadding={8} className={menuSurface}>
          {renderEntries(entries, RadixContext)}
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  )
}

type Family = typeof Radix | typeof RadixContext

function renderEntries(entries: readonly MenuEntry[], family: Family): ReactNode {
  return entries.map((entry, index) => {
    if (!entry) return null
    if (entry === 'separator') {
      return <family.Separator key={`separator-${index}`} className="mx-1 my-1 h-px bg-line" />
    }
    const content = (
      <Fragment>
        {entry.icon ? (
          <Icon icon={entry.icon} size={16} className={entry.tone === 'danger' ? '' : 'text-muted'} />
        ) : null}
        <span className="min-w-0 flex-1 truncate">{entry.label}</span>
        {entry.shortcut ? <Kbd keys={entry.shortcut} /> : null}
        {entry.checked ? <Icon icon={Check} size={16} className="text-accent-text" /> : null}
      </Fragment>
    )
    const shared = {
      disabled: entry.disabled ?? false,
      className: cx(itemClasses, entry.tone === 'danger' && 'text-danger'),
    }
    return entry.checked === undefined ? (
      <family.Item key={entry.key} onSelect={entry.onSelect} {...shared}>
        {content}
      </family.Item>
    ) : (
      <family.CheckboxItem key={entry.key} checked={entry.checked} onSelect={entry.onSelect} {...shared}>
        {content}
      </family.CheckboxItem>
    )
  })
}
