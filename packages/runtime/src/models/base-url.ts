/** Addresses of model servers as people type them, made into addresses that work. */
import type { ProviderConfig } from './ports.ts'

const DEFAULTS: Readonly<Record<ProviderConfig['kind'], string>> = {
  'openai-compatible': 'https://api.openai.com',
  anthropic: 'https://api.anthropic.com',
  google: 'https://generativelanguage.googleapis.com',
}

const VERSION_OF: Readonly<Record<ProviderConfig['kind'], string>> = {
  'openai-compatible': 'v1',
  anthropic: 'v1',
  google: 'v1beta',
}

// Endpoints people paste together with the address.
const PASTED_ENDPOINTS = /\/(chat\/completions|completions|models|messages|responses|embeddings)$/

/**
 * The address without version, query or trailing slash: `http://localhost:1234/v1/` → `http://localhost:1234`.
 * An address whose last segment already names another version (`…/api/paas/v4`) keeps it.
 */
export function serverRoot(kind: ProviderConfig['kind'], baseUrl: string): string {
  const typed = baseUrl.trim() === '' ? DEFAULTS[kind] : baseUrl.trim()
  const url = new URL(/^https?:\/\//i.test(typed) ? typed : `http://${typed}`)
  let path = url.pathname.replace(/\/+$/, '').replace(PASTED_ENDPOINTS, '')
  if (path.endsWith(`/${VERSION_OF[kind]}`)) path = path.slice(0, -VERSION_OF[kind].length - 1)
  return `${url.origin}${path}`
}

/** The address the endpoints hang below: root plus version, unless the root already names a version of its own. */
export function apiRoot(kind: ProviderConfig['kind'], baseUrl: string): string {
  const root = serverRoot(kind, baseUrl)
  return /\/v\d+(beta)?$/.test(root) ? root : `${root}/${VERSION_OF[kind]}`
}
