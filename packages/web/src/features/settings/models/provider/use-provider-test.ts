import { useMutation } from '@tanstack/react-query'
import { useApi } from '../../../../app/sync-context.tsx'
import { type ProviderForm, testInput } from './provider-form.ts'

/** Asks the model server what it offers, without storing anything. */
export function useProviderTest() {
  const api = useApi()
  return useMutation({ mutationFn: (form: ProviderForm) => api.call('testProvider', { body: testInput(form) }) })
}
