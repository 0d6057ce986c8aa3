/** The persona being edited, and what happens when somebody else stores another meanwhile. */
import type { AgentDetail } from '@parley/protocol/workspace'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { queryKeys } from '../../../app/queries.ts'
import { useApi } from '../../../app/sync-context.tsx'
import { useChangeAgent } from '../use-agent.ts'

export interface PersonaDraft {
  readonly text: string
  readonly dirty: boolean
  readonly saving: boolean
  /** The persona stored by somebody else since the editing began; null when there is none. */
  readonly theirs: string | null
  edit(text: string): void
  discard(): void
  /** Goes on editing on top of theirs: the next save replaces it. */
  keepMine(): void
  /** Stores the text. Resolves to false when somebody else was faster, see `theirs`. Rejects with ApiError. */
  save(): Promise<boolean>
}

interface Edit {
  /** What the editing began with. */
  readonly base: string
  readonly text: string
}

export function usePersonaDraft(agent: AgentDetail): PersonaDraft {
  const api = useApi()
  const queryClient = useQueryClient()
  const change = useChangeAgent(agent.id)
  const [edit, setEdit] = useState<Edit | null>(null)
  const [checking, setChecking] = useState(false)
  const stored = agent.soul
  const conflicts = (soul: string): boolean => edit !== null && soul !== edit.base && soul !== edit.text

  const save = async (): Promise<boolean> => {
    if (edit === null) return true
    setChecking(true)
    try {
      // The contract has no version to send along, so the stored text is compared right before writing.
      const fresh = await api.call('getAgent', { params: { id: agent.id } })
      if (conflicts(fresh.soul)) {
        queryClient.setQueryData(queryKeys.agent(agent.id), fresh)
        return false
      }
      await change.mutateAsync({ soul: edit.text })
      setEdit((now) => (now === null || now.text === edit.text ? null : { base: edit.text, text: now.text }))
      return true
    } finally {
      setChecking(false)
    }
  }

  return {
    text: edit?.text ?? stored,
    dirty: edit !== null,
    saving: checking || change.isPending,
    theirs: conflicts(stored) ? stored : null,
    edit: (text) => {
      const base = edit?.base ?? stored
      setEdit(text === base && text === stored ? null : { base, text })
    },
    discard: () => setEdit(null),
    keepMine: () => setEdit((now) => (now === null ? null : { base: stored, text: now.text })),
    save,
  }
}
