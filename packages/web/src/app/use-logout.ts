import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { toast } from '../ui/toast.tsx'
import { useErrorText } from './error-text.ts'
import { useSync } from './sync-context.tsx'

/** Ends the session here and on the server, then shows the login. */
export function useLogout(): () => Promise<void> {
  const sync = useSync()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const errorText = useErrorText()
  return async () => {
    try {
      await sync.api.call('logout')
    } catch (error) {
      // Saying “logged out” while the session still lives on the server would be a lie.
      toast({ tone: 'danger', message: errorText(error) })
      return
    }
    sync.stop()
    await navigate({ to: '/login' })
    queryClient.clear()
  }
}
