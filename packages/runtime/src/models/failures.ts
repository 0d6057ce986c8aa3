/**
 * Why a model call failed: the classes of spec/runtime §7.5 as declared errors.
 * Messages are for people in a chat: one honest sentence, no keys, no vendor payloads.
 */
import { defineErrors, type ErrorDeclaration, isParleyError, type ParleyError } from '@parley/base'
import type { Failure, FailureClass } from '@parley/protocol/shared'

const table = {
  model_unreachable: {
    kind: 'unavailable',
    message: 'The model server {provider} cannot be reached. Check that it is running and that its address is right.',
    retry: 'later',
  },
  model_timeout: {
    kind: 'unavailable',
    message: 'The model {model} took too long to answer.',
    retry: 'later',
  },
  model_rate_limited: {
    kind: 'rate_limited',
    message: 'The model provider {provider} is busy or its quota is used up.',
    retry: 'later',
  },
  model_auth: {
    kind: 'unauthenticated',
    message:
      'The model provider {provider} refused access: the API key is missing, wrong or not allowed to use {model}.',
    retry: 'never',
  },
  model_missing: {
    kind: 'not_found',
    message: 'The model {model} is not available at its provider.',
    retry: 'never',
  },
  model_context_overflow: {
    kind: 'too_large',
    message: 'The conversation is too long for the model {model}.',
    retry: 'never',
  },
  model_bad_request: {
    kind: 'invalid',
    message: 'The model provider {provider} rejected the request.',
    retry: 'never',
  },
  model_images_refused: {
    kind: 'unsupported',
    message: 'The model {model} does not accept images.',
    retry: 'never',
  },
  model_tools_refused: {
    kind: 'unsupported',
    message: 'The model {model} cannot use tools.',
    retry: 'never',
  },
  model_template_refused: {
    kind: 'invalid',
    message: 'The chat template of the model {model} rejected the order of the messages.',
    retry: 'never',
  },
  model_server: {
    kind: 'unavailable',
    message: 'The model server {provider} had a temporary failure.',
    retry: 'later',
  },
  model_foreign: {
    kind: 'unavailable',
    message: 'What answers at the address of {provider} is not a model server. Check the address.',
    retry: 'never',
  },
  model_broken_off: {
    kind: 'unavailable',
    message: 'The connection to the model server {provider} broke off during the answer.',
    retry: 'later',
  },
  model_empty: {
    kind: 'unavailable',
    message: 'The model {model} produced no answer.',
    retry: 'later',
  },
  model_content_filter: {
    kind: 'forbidden',
    message: 'The model {model} declined to answer because of its content rules.',
    retry: 'never',
  },
  model_internal: {
    kind: 'internal',
    message: 'The model {model} could not be used because of an internal error.',
    retry: 'later',
  },
} as const satisfies Record<string, ErrorDeclaration>

export type ModelErrorCode = keyof typeof table

export const modelErrors = defineErrors(table)

const CLASSES: Readonly<Record<ModelErrorCode, FailureClass>> = {
  model_unreachable: 'unreachable',
  model_timeout: 'timeout',
  model_rate_limited: 'rate_limited',
  model_auth: 'auth',
  model_missing: 'model_missing',
  model_context_overflow: 'context_overflow',
  model_bad_request: 'bad_request',
  model_images_refused: 'bad_request',
  model_tools_refused: 'bad_request',
  model_template_refused: 'bad_request',
  model_server: 'server',
  model_foreign: 'server',
  model_broken_off: 'server',
  model_empty: 'empty',
  model_content_filter: 'content_filter',
  model_internal: 'internal',
}

/** The failure class of an error; `internal` for anything that is no model error. */
export function failureClass(error: unknown): FailureClass {
  if (!isParleyError(error)) return 'internal'
  return CLASSES[error.code as ModelErrorCode] ?? 'internal'
}

/** What is stored and shown. Repeating by hand may help in every class but a refusal by content. */
export function toFailure(error: unknown): Failure {
  const known = isParleyError(error) && error.code in CLASSES ? (error as ParleyError) : undefined
  if (known === undefined) {
    return { class: 'internal', message: 'The answer failed because of an internal error.', retryable: true }
  }
  const kind = failureClass(known)
  return { class: kind, message: known.message, retryable: kind !== 'content_filter' }
}
