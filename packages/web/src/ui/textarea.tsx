import type { ComponentProps } from 'react'
import { cx } from './classes.ts'
import { fieldClasses } from './input.tsx'

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={rows} className={cx(fieldClasses, 'resize-y px-3 py-2', className)} {...rest} />
}
