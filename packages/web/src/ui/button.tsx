import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'
import { Spinner } from './spinner.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger' | 'danger-quiet'
export type ButtonSize = 'sm' | 'md'

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover disabled:bg-active disabled:text-faint',
  secondary:
    'border border-line-strong bg-canvas text-fg hover:bg-hover active:bg-active disabled:text-faint disabled:bg-subtle',
  quiet: 'text-soft hover:bg-hover hover:text-fg active:bg-active disabled:text-faint disabled:bg-transparent',
  danger: 'bg-danger-solid text-on-accent hover:bg-danger-solid-hover disabled:bg-active disabled:text-faint',
  'danger-quiet':
    'text-danger hover:bg-danger-ground active:bg-danger-ground disabled:text-faint disabled:bg-transparent',
}
const sizes: Record<ButtonSize, string> = {
  sm: 'h-8 gap-1.5 rounded-sm px-2.5 text-meta pointer-coarse:h-10',
  md: 'h-10 gap-2 rounded-md px-4 text-ui',
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: LucideIcon | undefined
  /** Shows a spinner and refuses clicks; the label stays, so the width does not jump. */
  busy?: boolean
  children: ReactNode
}

export function Button({
  variant = 'secondary',
  size = 'md',
  icon,
  busy = false,
  disabled,
  className,
  children,
  type,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={cx(
        'inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap transition-colors select-none',
        variants[variant],
        sizes[size],
        className,
      )}
      {...rest}
    >
      {busy ? <Spinner size={16} /> : icon ? <Icon icon={icon} size={size === 'sm' ? 15 : 17} /> : null}
      {children}
    </button>
  )
}
