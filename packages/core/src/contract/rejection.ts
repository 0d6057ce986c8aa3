import { isParleyError } from '@parley/base'

/** The code of the declared error a promise rejects with; `stored` when it resolves, so a wrong success reads well. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'stored'
  } catch (error) {
    if (isParleyError(error)) return error.code
    throw error
  }
}
