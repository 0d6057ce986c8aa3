import { Switch as Radix } from 'radix-ui'
import { type ReactNode, useId } from 'react'

export interface SwitchProps {
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  'aria-label'?: string
  'aria-labelledby'?: string
  id?: string
}

export function Switch({ checked, onChange, disabled = false, ...rest }: SwitchProps) {
  return (
    <Radix.Root
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      className="touch-target inline-flex h-6 w-10 shrink-0 items-center rounded-full bg-control p-0.5 transition-colors data-disabled:opacity-50 data-[state=checked]:bg-accent"
      {...rest}
    >
      <Radix.Thumb className="size-5 rounded-full bg-on-accent transition-transform data-[state=checked]:translate-x-4" />
    </Radix.Root>
  )
}

/** A switch with its label and an explaining line; the whole row toggles. */
export function SwitchRow({
  label,
  note,
  icon,
  ...rest
}: Omit<SwitchProps, 'id' | 'aria-label' | 'aria-labelledby'> & {
  label: ReactNode
  note?: ReactNode
  icon?: ReactNode
}) {
  const id = useId()
  return (
    <label htmlFor={id} className="flex min-h-11 items-center gap-3 py-1.5">
      {icon}
      <span className="min-w-0 flex-1">
        <span className="block text-ui text-fg">{label}</span>
        {note ? <span className="block text-meta text-muted">{note}</span> : null}
      </span>
      <Switch id={id} {...rest} />
    </label>
  )
}
