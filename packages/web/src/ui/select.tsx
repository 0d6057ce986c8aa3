import { Check, ChevronDown } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'
import { fieldClasses } from './input.tsx'
import { menuSurface } from './menu.tsx'

export interface SelectOption<T extends string> {
  value: T
  label: ReactNode
  /** Second, quiet line. */
  note?: ReactNode
  disabled?: boolean
}

export interface SelectProps<T extends string> {
  value: T
  onChange: (value: T) => void
  options: readonly SelectOption<T>[]
  /** Shown when no option matches `value`. */
  placeholder?: string
  disabled?: boolean
  id?: string
  className?: string
  'aria-label'?: string
  'aria-describedby'?: string | undefined
}

/**
 * One of a few values. For long lists with search use Combobox.
 * (Radix Select renders a <style> element, which the content security policy refuses; a menu of radio items does not.)
 */
export function Select<T extends string>({
  value,
  onChange,
  options,
  placeholder,
  disabled,
  className,
  ...rest
}: SelectProps<T>) {
  const current = options.find((option) => option.value === value)
  return (
    <Radix.Root>
      <Radix.Trigger
        type="button"
        disabled={disabled ?? false}
        className={cx(fieldClasses, 'flex h-10 items-center gap-2 px-3 text-left outline-offset-0', className)}
        {...rest}
      >
        <span className={cx('min-w-0 flex-1 truncate', !current && 'text-faint')}>{current?.label ?? placeholder}</span>
        <Icon icon={ChevronDown} size={16} className="text-muted" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={cx(menuSurface, 'w-(--radix-dropdown-menu-trigger-width)')}
        >
          <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
            {options.map((option) => (
              <Radix.RadioItem
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="flex min-h-8 items-center gap-2 rounded-sm px-2.5 py-1 outline-none select-none data-disabled:text-faint data-highlighted:bg-hover pointer-coarse:min-h-10"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{option.label}</span>
                  {option.note ? <span className="block truncate text-small text-muted">{option.note}</span> : null}
                </span>
                <Radix.ItemIndicator>
                  <Icon icon={Check} size={16} className="text-accent-text" />
                </Radix.ItemIndicator>
              </Radix.RadioItem>
            ))}
          </Radix.RadioGroup>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
