import type { ModelSource } from './classify-failure.ts'
import { modelErrors } from './failures.ts'

/** The key without stray white space. Throws `model_auth` for one no header can carry, e.g. with a pasted Chinese comma. */
export function checkedKey(apiKey: string, source: ModelSource): string {
  const key = apiKey.trim()
  if (!/^[\x21-\x7e]*$/.test(key)) throw modelErrors.model_auth({ details: { ...source } })
  return key
}
