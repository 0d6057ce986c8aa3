/** Errors of the hosts: what a transport refuses before any use case sees it. */
import { defineErrors } from '@parley/base'

export const hostErrors = defineErrors({
  body_not_json: { kind: 'invalid', message: 'The request body is not valid JSON.', retry: 'never' },
  body_missing: { kind: 'invalid', message: 'The request has no JSON body.', retry: 'never' },
  body_too_large: { kind: 'too_large', message: 'The request body is larger than {limit} bytes.', retry: 'never' },
  media_type_unsupported: {
    kind: 'invalid',
    message: 'The request body must be {expected}.',
    retry: 'never',
  },
  field_invalid: { kind: 'invalid', message: '{problem}', retry: 'never' },
  bad_request: { kind: 'invalid', message: 'The request cannot be understood: {problem}', retry: 'never' },
  route_unknown: { kind: 'not_found', message: 'There is no {method} {path}.', retry: 'never' },
  origin_refused: {
    kind: 'forbidden',
    message: 'Requests from another site are refused.',
    retry: 'never',
  },
  too_many_connections: { kind: 'rate_limited', message: 'Too many open connections.', retry: 'later' },
  too_many_frames: { kind: 'rate_limited', message: 'Too many frames; this one was not handled.', retry: 'later' },
  draining: { kind: 'unavailable', message: 'The server is shutting down.', retry: 'later' },
  internal: {
    kind: 'internal',
    message: 'Something went wrong on the server. It is noted as incident {incident}.',
    retry: 'later',
  },
})
