import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'

interface FieldControlProps {
  id?: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean | undefined
}

export interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  /** Replaces the hint and marks the control as invalid. */
  error?: ReactNode
  /** One input, textarea or select; gets its id and description. */
  children: ReactElement<FieldControlProps>
  className?: string
}

/** A labelled form control with a hint or an error below it. */
export function Field({ label, hint, error, children, className }: FieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-meta font-medium text-soft">
        {label}
      </label>
      {cloneElement(children, {
        id,
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {note ? (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={`mt-1.5 text-meta ${error ? 'text-danger' : 'text-muted'}`}
        >
          {note}
        </p>
      ) : null}
    </div>
  )
}
