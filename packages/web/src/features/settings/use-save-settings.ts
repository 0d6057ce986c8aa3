import type { Settings } from '@parley/protocol/workspace'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { queryKeys } from '../../app/queries.ts'
import { useApi } from '../../app/sync-context.tsx'
import type { RouteInput } from '../../sync/api/routes.ts'

export type SettingsChange = RouteInput<'updateSettings'>['body']

/**
 * Stores a change of the settings, computed from what the server has at that moment: lists are replaced whole, so a
 * stale one would undo somebody else's change. Resolves when the new settings are shown.
 */
export function useSaveSettings() {
  const api = useApi()
  const queryClient = useQueryClient()
  return useMutation({
    scope: { id: 'settings' },
    mutationFn: async (change: (current: Settings) => SettingsChange) => {
      const current = await api.call('getSettings')
      await api.call('updateSettings', { body: change(current) })
      await queryClient.invalidateQueries({ queryKey: queryKeys.settings })
    },
  })
}
