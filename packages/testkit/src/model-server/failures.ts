/** Error replies as real servers word them. */
import { type HttpReply, http, refuse } from './reply.ts'

export const failures = {
  unauthorized: (): HttpReply => refuse(401, 'Incorrect API key provided: sk-abc***xyz.', { code: 'invalid_api_key' }),
  forbidden: (): HttpReply => refuse(403, 'Your project has no access to this model.'),
  modelMissing: (model = 'nope'): HttpReply =>
    refuse(404, `The model \`${model}\` does not exist or you do not have access to it.`, { code: 'model_not_found' }),
  ollamaModelMissing: (model = 'nope'): HttpReply =>
    http(404, { error: `model "${model}" not found, try pulling it first` }),
  lmStudioNothingLoaded: (): HttpReply =>
    http(400, { error: 'No models loaded. Please load a model in the developer page or use the `lms load` command.' }),
  rateLimited: (retryAfterSeconds?: number): HttpReply =>
    refuse(429, 'Rate limit reached for requests', {
      code: 'rate_limit_exceeded',
      headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    }),
  quotaExhausted: (): HttpReply =>
    refuse(429, 'You exceeded your current quota, please check your plan and billing details.', {
      code: 'insufficient_quota',
    }),
  serverError: (): HttpReply => refuse(500, 'The server had an error while processing your request.'),
  htmlBadGateway: (): HttpReply =>
    http(502, '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>', {
      'content-type': 'text/html',
    }),
  imagesRefused: (): HttpReply => http(400, { error: 'Model does not support images. Please use a model that does.' }),
  templateError: (): HttpReply =>
    http(400, {
      error: 'Error rendering prompt with jinja template: "Conversation roles must alternate user/assistant".',
    }),
} as const

/** The same fact, an input longer than the window, in the words of several vendors. */
export const contextOverflow = {
  openai: (): HttpReply =>
    refuse(400, "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.", {
      code: 'context_length_exceeded',
      type: 'invalid_request_error',
    }),
  lmStudio: (): HttpReply =>
    http(400, {
      error:
        'The number of tokens to keep from the initial prompt is greater than the context length. Try to load the model with a larger context length, or provide a shorter input',
    }),
  llamaCpp: (): HttpReply =>
    http(400, {
      error: {
        code: 400,
        message:
          'the request exceeds the available context size. try increasing the context size or enable context shift',
        type: 'exceed_context_size_error',
      },
    }),
  vllm: (): HttpReply =>
    http(400, {
      object: 'error',
      message:
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4500 in the messages, 500 in the completion).",
      type: 'BadRequestError',
      code: 400,
    }),
  anthropic: (): HttpReply =>
    http(400, {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' },
    }),
  google: (): HttpReply =>
    http(400, {
      error: {
        code: 400,
        message: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
        status: 'INVALID_ARGUMENT',
      },
    }),
  tooLarge: (): HttpReply => refuse(413, 'Request too large for model: please reduce the length of the messages.'),
} as const
