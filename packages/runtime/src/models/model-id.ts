/** Model ids are `provider/model`; the model's own name may hold further slashes (`openrouter/vendor/model`). */

export const DEMO_PROVIDER = 'demo'
/** The built-in model that needs no server. */
export const DEMO_MODEL = 'demo/parley-guide'

export interface ModelName {
  readonly provider: string
  /** Name on the provider's wire: everything after the first slash. */
  readonly name: string
}

/** Undefined when the text is not `provider/model`. */
export function parseModelId(id: string): ModelName | undefined {
  const slash = id.indexOf('/')
  if (slash < 1 || slash === id.length - 1) return undefined
  return { provider: id.slice(0, slash), name: id.slice(slash + 1) }
}
