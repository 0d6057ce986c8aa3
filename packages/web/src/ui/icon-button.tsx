import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  icon: LucideIcon
  /** Name for assistive technology and text of the tooltip. */
  label: string
  shortcut?: string
  /** Edge length: `sm` 28, `md` 36; both answer to touches on 40 px. */
  size?: 'sm' | 'md' | 'lg'
  tone?: 'quiet' | 'danger' | 'accent'
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** Set for toggles: drawn as pressed and announced. */
  pressed?: boolean | undefined
}

const sizes = { sm: 'size-7 rounded-sm', md: 'size-9 rounded-md', lg: 'size-10 rounded-md' } as const
const glyphs = { sm: 16, md: 19, lg: 20 } as const
const tones = {
  quiet: 'text-muted hover:bg-hover hover:text-fg active:bg-active',
  danger: 'text-muted hover:bg-danger-ground hover:text-danger',
  accent: 'bg-accent text-on-accent hover:bg-accent-hover disabled:bg-active disabled:text-faint',
} as const

export function IconButton({
  icon,
  label,
  shortcut,
  size = 'md',
  tone = 'quiet',
  side,
  pressed,
  className,
  type,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut} side={side}>
      <button
        type={type ?? 'button'}
        aria-label={label}
        aria-pressed={pressed}
        className={cx(
          'touch-target inline-flex shrink-0 items-center justify-center transition-colors',
          tone !== 'accent' && 'disabled:bg-transparent disabled:text-control',
          sizes[size],
          pressed ? 'bg-accent-ground text-accent-text hover:bg-accent-ground-strong' : tones[tone],
          className,
        )}
        {...rest}
      >
        <Icon icon={icon} size={glyphs[size]} />
      </button>
    </Tooltip>
  )
}
