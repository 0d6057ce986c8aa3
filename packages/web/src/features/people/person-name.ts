/** Characters a person's name may have; mentions are written with it. */
export const PERSON_NAME_LIMIT = 48

type PersonNameProblem = 'empty' | 'signs' | null

/** Why a name cannot be used, as far as it can be told here. */
export function personNameProblem(name: string): PersonNameProblem {
  if (name.trim() === '') return 'empty'
  return /[@\r\n]/.test(name) ? 'signs' : null
}
