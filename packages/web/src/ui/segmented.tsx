import type { LucideIcon } from 'lucide-react'
import { ToggleGroup as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'

export interface SegmentedProps<T extends string> {
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode; icon?: LucideIcon }[]
  'aria-label': string
  className?: string
}

/** Two to five exclusive choices side by side. */
export function Segmented<T extends string>({ value, onChange, options, className, ...rest }: SegmentedProps<T>) {
  return (
    <Radix.Root
      type="single"
      value={value}
      onValueChange={(next) => {
        if (next) onChange(next as T)
      }}
      className={cx('inline-flex rounded-md bg-active p-0.5', className)}
      {...rest}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          className="inline-flex h-8 flex-1 items-center justify-center gap-1.5 rounded-[8px] px-3 text-meta whitespace-nowrap text-soft transition-colors hover:text-fg data-[state=on]:bg-canvas data-[state=on]:font-medium data-[state=on]:text-fg data-[state=on]:ring-1 data-[state=on]:ring-line-strong pointer-coarse:h-9"
        >
          {option.icon ? <Icon icon={option.icon} size={15} /> : null}
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}
