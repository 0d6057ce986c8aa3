/**
 * Errors are declared data: a stable code, a public message, a retry class.
 * Core and runtime throw {@link ParleyError}; each edge maps `kind` and `code` to its own wire shape once.
 */

/** Who is at fault, and so which status family an edge answers with. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'rate_limited'
  | 'too_large'
  | 'unsupported'
  | 'unavailable'
  | 'internal'

/** `never`: the same call fails again; `later`: it may succeed after a wait; `safe`: repeat at once, it is idempotent. */
export type RetryClass = 'never' | 'later' | 'safe'

export interface ErrorDeclaration {
  readonly kind: ErrorKind
  /** Public text; `{name}` placeholders are filled from `details`. Never carries secrets. */
  readonly message: string
  readonly retry: RetryClass
}

export interface ParleyErrorOptions {
  readonly details?: Readonly<Record<string, string | number | boolean>>
  readonly cause?: unknown
  /** Seconds until a `later` retry makes sense. */
  readonly retryAfter?: number
}

// A registered symbol recognises our errors across duplicated bundles, where instanceof fails.
const BRAND = Symbol.for('parley.error')

export class ParleyError extends Error {
  override readonly name = 'ParleyError'
  readonly code: string
  readonly kind: ErrorKind
  readonly retry: RetryClass
  readonly details: Readonly<Record<string, string | number | boolean>>
  readonly retryAfter: number | undefined

  constructor(code: string, declaration: ErrorDeclaration, options: ParleyErrorOptions = {}) {
    const details = options.details ?? {}
    super(fillTemplate(declaration.message, details), { cause: options.cause })
    this.code = code
    this.kind = declaration.kind
    this.retry = declaration.retry
    this.details = details
    this.retryAfter = options.retryAfter
    Object.defineProperty(this, BRAND, { value: true })
  }
}

/** True for a {@link ParleyError} of any copy of this package. */
export function isParleyError(error: unknown): error is ParleyError {
  return typeof error === 'object' && error !== null && BRAND in error
}

/** True when `error` is a {@link ParleyError} carrying `code`. */
export function hasCode(error: unknown, code: string): error is ParleyError {
  return isParleyError(error) && error.code === code
}

type ErrorTable = Readonly<Record<string, ErrorDeclaration>>
type ErrorFactories<T extends ErrorTable> = {
  readonly [K in keyof T]: (options?: ParleyErrorOptions) => ParleyError
}

/** Turns a table of declarations into one factory per code: `throw errors.channel_not_found({details})`. */
export function defineErrors<const T extends ErrorTable>(table: T): ErrorFactories<T> {
  const factories: Record<string, (options?: ParleyErrorOptions) => ParleyError> = {}
  for (const [code, declaration] of Object.entries(table)) {
    factories[code] = (options) => new ParleyError(code, declaration, options)
  }
  return factories as ErrorFactories<T>
}

function fillTemplate(template: string, details: Readonly<Record<string, string | number | boolean>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in details ? String(details[name]) : whole))
}
