import type { ReactNode } from 'react'

/** A titled part of the details. */
export function Section({ title, action, children }: { title: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-t border-line px-5 py-4">
      <div className="mb-1 flex min-h-8 items-center justify-between gap-2">
        <h3 className="text-meta font-semibold text-soft">{title}</h3>
        {action}
      </div>
      {children}
    </section>
  )
}
