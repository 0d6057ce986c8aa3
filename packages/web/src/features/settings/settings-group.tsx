import type { ReactNode } from 'react'

/** A titled part of a settings page. */
export function SettingsGroup({
  title,
  note,
  action,
  children,
}: {
  title: ReactNode
  note?: ReactNode
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="flex flex-col gap-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 className="text-body font-semibold text-fg">{title}</h2>
          {note ? <p className="mt-0.5 text-meta text-muted">{note}</p> : null}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
