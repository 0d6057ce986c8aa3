/** What pages of this origin may load. One policy for the app, one for its parts that need more or less. */

type Directives = Record<string, string[]>

/** The app: own scripts only, no inline script, nothing from elsewhere. */
export const pagePolicy: Directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  // Syntax colours and list offsets are style attributes; style elements stay forbidden.
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'media-src': ["'self'", 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'", 'blob:'],
  'manifest-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'object-src': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/** Uploaded files: nothing runs, even if a browser is talked into rendering one. */
export const uploadPolicy = "default-src 'none'; sandbox"

/** The value of the header. */
export function policyText(directives: Directives): string {
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}
