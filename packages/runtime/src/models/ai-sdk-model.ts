/** A model of one provider over the AI SDK: one attempt, its stream translated, its errors classified. */
import { type Clock, isAbort, isParleyError, type Logger, type ParleyError } from '@parley/base'
import { toCallOptions } from './ai-sdk-prompt.ts'
import type { ProviderStreamPart } from './ai-sdk-types.ts'
import { classifyReply, isNetworkError, type ModelSource } from './classify-failure.ts'
import { type ModelTimeouts, startDeadlines } from './deadlines.ts'
import { modelErrors } from './failures.ts'
import type { Fetch } from './http-transport.ts'
import type { FinishReason, ModelRequest, StreamPart } from './language-model.ts'
import type { ProviderConfig } from './ports.ts'
import { openModel } from './providers.ts'
import { createThinkFilter, type FilteredPiece } from './think-filter.ts'

export interface AiSdkModelOptions {
  readonly provider: ProviderConfig
  /** Name on the provider's wire. */
  readonly name: string
  readonly fetch: Fetch
  readonly timeouts: ModelTimeouts
  readonly clock: Clock
  readonly logger: Logger
}

/** See {@link LanguageModel.stream}. Leaving the loop early ends the request. */
export async function* streamFromProvider(
  options: AiSdkModelOptions,
  request: ModelRequest,
  outer: AbortSignal,
): AsyncGenerator<StreamPart> {
  const { provider, name } = options
  const source: ModelSource = { provider: provider.name || provider.id, model: `${provider.id}/${name}` }
  using deadlines = startDeadlines(options.timeouts, outer)
  // Ends the request when the reader leaves early.
  const left = new AbortController()
  const signal = AbortSignal.any([deadlines.signal, left.signal])
  const filter = createThinkFilter()
  let received = false
  try {
    const model = await openModel(provider, name, refusingPages(options.fetch, source), source)
    const { stream } = await model.doStream(toCallOptions(request, provider.kind, signal))
    const reader = stream.getReader()
    for (;;) {
      const { value: part, done } = await readOrAbort(reader, signal)
      if (done) break
      if (part.type === 'stream-start') continue
      if (part.type === 'response-metadata') {
        noteOtherModel(part.modelId, options)
        continue
      }
      deadlines.touch()
      if (part.type === 'error') throw part.error
      if (part.type === 'finish') {
        yield* filter.end().map(fromFilter)
        if (part.finishReason.unified === 'content-filter')
          throw modelErrors.model_content_filter({ details: { ...source } })
        if (part.finishReason.unified === 'error') throw modelErrors.model_server({ details: { ...source } })
        yield { type: 'finish', reason: finishReason(part.finishReason.unified), usage: usageOf(part.usage) }
        return
      }
      received = true
      yield* translate(part, filter)
    }
    throw modelErrors.model_broken_off({ details: { ...source } })
  } catch (error) {
    outer.throwIfAborted()
    const failure = deadlines.expired
      ? modelErrors.model_timeout({ details: { ...source }, cause: error })
      : classifyError(error, source, received, options.clock.now())
    options.logger.warn(
      { ...source, code: failure.code, detail: detailOf(error, provider.apiKey) },
      'model call failed',
    )
    throw failure
  } finally {
    left.abort()
  }
}

/** LM Studio with one model loaded answers with that one, whichever was asked for. */
function noteOtherModel(answered: string | undefined, { name, logger, provider }: AiSdkModelOptions): void {
  // Vendors answer with dated or shortened names of the same model.
  const bare = (id: string): string => id.split('/').at(-1) ?? id
  if (!answered || bare(answered).startsWith(bare(name)) || bare(name).startsWith(bare(answered))) return
  logger.warn({ provider: provider.id, wanted: name, answered }, 'the server answers with another model')
}

/** A web page with status 200 is no model: most often the address is wrong. */
function refusingPages(fetch: Fetch, source: ModelSource): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (response.ok && response.headers.get('content-type')?.startsWith('text/html')) {
      await response.body?.cancel()
      throw modelErrors.model_foreign({ details: { ...source } })
    }
    return response
  }
}

/** A server that hangs may leave a read pending for ever, so the abort itself ends the wait. */
async function readOrAbort<T>(
  reader: ReadableStreamDefaultReader<T>,
  signal: AbortSignal,
): ReturnType<ReadableStreamDefaultReader<T>['read']> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([reader.read(), promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function* translate(part: ProviderStreamPart, filter: ReturnType<typeof createThinkFilter>): Generator<StreamPart> {
  switch (part.type) {
    case 'text-delta':
      yield* filter.push(part.delta).map(fromFilter)
      return
    case 'reasoning-delta':
      if (part.delta !== '') yield { type: 'reasoning-delta', text: part.delta }
      return
    case 'tool-call':
      // A call without a name cannot be answered; the server's own tools are none of ours.
      if (part.toolName.trim() === '' || part.providerExecuted) return
      yield {
        type: 'tool-call',
        call: {
          callId: part.toolCallId,
          name: part.toolName,
          argumentsText: part.input,
          ...(part.providerMetadata === undefined ? {} : { echo: part.providerMetadata }),
        },
      }
  }
}

function fromFilter(piece: FilteredPiece): StreamPart {
  if (piece.kind === 'text') return { type: 'text-delta', text: piece.text }
  if (piece.kind === 'thinking') return { type: 'reasoning-delta', text: piece.text, inline: true }
  return { type: 'retract' }
}

function finishReason(unified: string): FinishReason {
  return unified === 'stop' || unified === 'length' || unified === 'tool-calls' ? unified : 'other'
}

interface ProviderUsage {
  readonly inputTokens: { readonly total: number | undefined }
  readonly outputTokens: { readonly total: number | undefined }
}

function usageOf(usage: ProviderUsage): { inputTokens: number; outputTokens: number } | undefined {
  const input = usage.inputTokens.total
  const output = usage.outputTokens.total
  return input === undefined && output === undefined
    ? undefined
    : { inputTokens: whole(input), outputTokens: whole(output) }
}

/** More tokens than any call can have: a server that counts nonsense must not make the answer unstorable. */
const MAX_COUNT = 1_000_000_000

function whole(count: number | undefined): number {
  return count !== undefined && Number.isFinite(count) && count > 0 ? Math.min(Math.round(count), MAX_COUNT) : 0
}

function classifyError(error: unknown, source: ModelSource, received: boolean, now: number): ParleyError {
  if (isParleyError(error)) return error
  const details = { ...source }
  const { statusCode, responseBody, responseHeaders, message, value, name } = fieldsOf(error)
  if (statusCode !== undefined && statusCode >= 400) {
    return classifyReply(
      { status: statusCode, text: responseBody ?? message, headers: responseHeaders ?? {} },
      source,
      now,
      error,
    )
  }
  // The library wraps whatever kept it from connecting into a call error without a status.
  if (isNetworkError(error) || (name === 'AI_APICallError' && statusCode === undefined)) {
    return received
      ? modelErrors.model_broken_off({ details, cause: error })
      : modelErrors.model_unreachable({ details, cause: error })
  }
  if (name === 'AI_InvalidResponseDataError' && received) return modelErrors.model_broken_off({ details, cause: error })
  // An error inside the stream: an object of the vendor, or a chunk that fits no schema and names an error.
  const inBand = value ?? (error instanceof Error ? undefined : error)
  if (inBand === undefined && !name.startsWith('AI_')) return modelErrors.model_internal({ details, cause: error })
  return classifyReply({ status: undefined, text: textOf(inBand ?? message), headers: {} }, source, now, error)
}

interface ErrorFields {
  readonly name: string
  readonly message: string
  readonly statusCode?: number
  readonly responseBody?: string
  readonly responseHeaders?: Readonly<Record<string, string>>
  readonly value?: unknown
}

function fieldsOf(error: unknown): ErrorFields {
  return error instanceof Error ? (error as unknown as ErrorFields) : { name: '', message: '' }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** What the log keeps of a vendor's error: short, and without the key. */
function detailOf(error: unknown, apiKey: string): string {
  if (isAbort(error)) return 'aborted'
  const { message, responseBody, statusCode } = fieldsOf(error)
  const text = `${statusCode ?? ''} ${responseBody ?? (message || textOf(error))}`.trim().slice(0, 400)
  return (apiKey.length < 6 ? text : text.replaceAll(apiKey, '[key]'))
    .replace(/\b(sk|key|AIza)[-_A-Za-z0-9]{8,}/g, '[key]')
    .slice(0, 200)
}
