import { describe, expect, test } from 'vitest'
import { classifyReply, isNetworkError, retryAfterSeconds } from './classify-failure.ts'
import { failureClass, toFailure } from './failures.ts'

const source = { provider: 'local', model: 'local/m' }
const classify = (status: number | undefined, text: string, headers: Record<string, string> = {}) =>
  classifyReply({ status, text, headers }, source, 0)

describe('classes of model failures (spec/runtime §7.5)', () => {
  test.each([
    [401, 'Incorrect API key provided: sk-abc', 'model_auth'],
    [403, 'no access', 'model_auth'],
    [404, '{"error":"model \\"x\\" not found, try pulling it first"}', 'model_missing'],
    [400, '{"error":"No models loaded. Please load a model"}', 'model_missing'],
    [429, 'Rate limit reached', 'model_rate_limited'],
    [429, 'This model’s maximum context length per minute', 'model_rate_limited'],
    [402, 'Insufficient Balance', 'model_rate_limited'],
    [400, "This model's maximum context length is 8192 tokens", 'model_context_overflow'],
    [400, 'the request exceeds the available context size. try increasing the context size', 'model_context_overflow'],
    [400, 'prompt is too long: 210000 tokens > 200000 maximum', 'model_context_overflow'],
    [400, 'The input token count (1200000) exceeds the maximum number of tokens allowed', 'model_context_overflow'],
    [
      undefined,
      'The number of tokens to keep from the initial prompt is greater than the context length',
      'model_context_overflow',
    ],
    [413, 'Payload Too Large', 'model_context_overflow'],
    [400, 'Model does not support images. Please use a model that does.', 'model_images_refused'],
    [404, 'No endpoints found that support image input', 'model_images_refused'],
    [400, "'url' field must be a base64 encoded image.", 'model_images_refused'],
    [400, 'registry.ollama.ai/library/gemma:2b does not support tools', 'model_tools_refused'],
    [500, 'Error rendering prompt with jinja template: "No user query found in messages."', 'model_template_refused'],
    [
      400,
      'The response was filtered due to the prompt triggering Azure content management policy',
      'model_content_filter',
    ],
    [400, 'Unrecognized request argument supplied: foo', 'model_bad_request'],
    [422, 'extra inputs are not permitted', 'model_bad_request'],
    [500, 'oops', 'model_server'],
    [502, '<html><body>model not found</body></html>', 'model_server'],
    [503, '', 'model_server'],
    [504, '', 'model_timeout'],
    [529, 'overloaded_error', 'model_server'],
    [undefined, 'something odd', 'model_server'],
  ])('%s %s → %s', (status, text, code) => {
    expect(classify(status, text).code).toBe(code)
  })

  test('public messages carry neither the key nor the vendor’s text', () => {
    const failure = toFailure(classify(401, 'Incorrect API key provided: sk-secret'))
    expect(failure.class).toBe('auth')
    expect(failure.message).not.toContain('sk-secret')
    expect(failure.message).toContain('local')
  })

  test('anything that is no model error is internal', () => {
    expect(failureClass(new Error('x'))).toBe('internal')
    expect(toFailure(new Error('secret stack')).message).not.toContain('secret')
  })

  test('Retry-After: seconds, date, milliseconds, nonsense', () => {
    expect(retryAfterSeconds({ 'retry-after': '7' }, 0)).toBe(7)
    expect(retryAfterSeconds({ 'retry-after': 'Thu, 01 Jan 1970 00:00:20 GMT' }, 5000)).toBe(15)
    expect(retryAfterSeconds({ 'retry-after-ms': '1500' }, 0)).toBe(1.5)
    expect(retryAfterSeconds({ 'retry-after': 'soon' }, 0)).toBeUndefined()
    expect(retryAfterSeconds({ 'retry-after': '-3' }, 0)).toBeUndefined()
    expect(classify(429, '', { 'retry-after': '3' }).retryAfter).toBe(3)
  })

  test('network errors are found behind their wrappers', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    expect(isNetworkError(new TypeError('x', { cause: refused }))).toBe(true)
    expect(isNetworkError(Object.assign(new Error('x'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE_CERT' }))).toBe(true)
    expect(isNetworkError(new Error('x'))).toBe(false)
  })
})
