import { Command } from 'cmdk'
import { Check, ChevronDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'
import { fieldClasses } from './input.tsx'
import { Popover } from './popover.tsx'

export interface ComboboxOption {
  value: string
  label: string
  note?: ReactNode
  /** Heading under which the option is listed. */
  group?: string
}

export interface ComboboxProps {
  value: string
  onChange: (value: string) => void
  options: readonly ComboboxOption[]
  placeholder: string
  searchLabel: string
  emptyLabel: string
  id?: string
  disabled?: boolean
  className?: string
  'aria-describedby'?: string | undefined
}

/** One of many values, with search. */
export function Combobox({
  value,
  onChange,
  options,
  placeholder,
  searchLabel,
  emptyLabel,
  className,
  disabled,
  ...rest
}: ComboboxProps) {
  const [open, setOpen] = useState(false)
  const current = options.find((option) => option.value === value)
  const groups = [...new Set(options.map((option) => option.group ?? ''))]
  const pick = (next: string): void => {
    onChange(next)
    setOpen(false)
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={searchLabel}
      className="w-(--radix-popover-trigger-width) min-w-64 overflow-hidden"
      trigger={
        <button
          type="button"
          disabled={disabled}
          className={cx(fieldClasses, 'flex h-10 items-center gap-2 px-3 text-left', className)}
          {...rest}
        >
          <span className={cx('min-w-0 flex-1 truncate', !current && 'text-muted')}>
            {current?.label ?? (value || placeholder)}
          </span>
          <Icon icon={ChevronDown} size={16} className="text-muted" />
        </button>
      }
    >
      <Command label={searchLabel} loop>
        <Command.Input
          placeholder={searchLabel}
          className="h-10 w-full border-b border-line bg-transparent px-3 text-ui text-fg"
        />
        <Command.List className="max-h-72 overflow-y-auto p-1">
          <Command.Empty className="px-3 py-6 text-center text-meta text-muted">{emptyLabel}</Command.Empty>
          {groups.map((group) => (
            <Command.Group
              key={group}
              heading={group || undefined}
              className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-muted"
            >
              {options
                .filter((option) => (option.group ?? '') === group)
                .map((option) => (
                  <Command.Item
                    key={option.value}
                    value={`${option.value} ${option.label}`}
                    onSelect={() => pick(option.value)}
                    className="flex min-h-8 items-center gap-2 rounded-sm px-2.5 py-1 select-none data-[selected=true]:bg-hover pointer-coarse:min-h-10"
                  >
                    <span className="min-w-0 flex-1">
                      <span className="block truncate">{option.label}</span>
                      {option.note ? <span className="block truncate text-small text-muted">{option.note}</span> : null}
                    </span>
                    {option.value === value ? <Icon icon={Check} size={16} className="text-accent-text" /> : null}
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Popover>
  )
}
