import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'

export const fieldClasses =
  'w-full rounded-md border border-line-strong bg-canvas text-body text-fg transition-colors hover:border-control focus:border-accent-text focus:ring-1 focus:ring-accent-text disabled:bg-subtle disabled:text-faint aria-invalid:border-danger aria-invalid:focus:ring-danger'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cx(fieldClasses, 'h-10 px-3', className)} {...rest} />
}

/** A text field with an icon in front, for searching and filtering. */
export function SearchInput({
  icon,
  className,
  label,
  ...rest
}: Omit<ComponentProps<'input'>, 'aria-label'> & { icon: LucideIcon; label: string }) {
  return (
    <div className={cx('relative', className)}>
      <Icon icon={icon} size={16} className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-faint" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        className="h-9 w-full rounded-md border border-transparent bg-active pr-3 pl-9 text-ui text-fg transition-colors placeholder:text-muted hover:bg-pressed focus:border-accent-text focus:bg-canvas focus:ring-1 focus:ring-accent-text pointer-coarse:h-10 [&::-webkit-search-cancel-button]:appearance-none"
        {...rest}
      />
    </div>
  )
}
