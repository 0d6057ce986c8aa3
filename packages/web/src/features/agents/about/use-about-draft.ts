import type { AgentDetail } from '@parley/protocol/workspace'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeAgent } from '../use-agent.ts'
import { type AboutFields, aboutOf, changedFields } from './about-fields.ts'

export interface AboutDraft {
  readonly fields: AboutFields
  readonly dirty: boolean
  readonly saving: boolean
  edit(change: Partial<AboutFields>): void
  discard(): void
  /** Rejects with ApiError. */
  save(): Promise<void>
}

/** The form of the About tab; untouched fields follow what others change. */
export function useAboutDraft(agent: AgentDetail): AboutDraft {
  const { language } = useTranslation().i18n
  const change = useChangeAgent(agent.id)
  const [edits, setEdits] = useState<Partial<AboutFields>>({})
  const stored = aboutOf(agent, language)
  const fields = { ...stored, ...edits }
  const changes = changedFields(stored, fields)
  return {
    fields,
    dirty: Object.keys(changes).length > 0,
    saving: change.isPending,
    edit: (more) => setEdits((now) => ({ ...now, ...more })),
    discard: () => setEdits({}),
    save: async () => {
      await change.mutateAsync(changes)
      setEdits({})
    },
  }
}
