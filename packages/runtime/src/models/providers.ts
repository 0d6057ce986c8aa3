/** One vendor library per kind, loaded when a model of that kind is first used. */
import type { ProviderModel } from './ai-sdk-types.ts'
import { checkedKey } from './api-key.ts'
import { apiRoot } from './base-url.ts'
import type { ModelSource } from './classify-failure.ts'
import { modelErrors } from './failures.ts'
import type { Fetch } from './http-transport.ts'
import type { ProviderConfig } from './ports.ts'

/** Opens the model `name` of a provider. Sends nothing yet. Throws `model_auth`, `model_unreachable` for impossible settings. */
export async function openModel(
  provider: ProviderConfig,
  name: string,
  fetch: Fetch,
  source: ModelSource,
): Promise<ProviderModel> {
  const apiKey = checkedKey(provider.apiKey, source)
  let baseURL: string
  try {
    baseURL = apiRoot(provider.kind, provider.baseUrl)
  } catch (cause) {
    throw modelErrors.model_unreachable({ details: { ...source, settled: true }, cause })
  }
  switch (provider.kind) {
    case 'openai-compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
      return createOpenAICompatible({
        name: 'provider',
        baseURL,
        includeUsage: true,
        fetch,
        ...(apiKey === '' ? {} : { apiKey }),
      }).chatModel(name)
    }
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic')
      return createAnthropic({ baseURL, apiKey, fetch }).languageModel(name)
    }
    case 'google': {
      const { createGoogle } = await import('@ai-sdk/google')
      return createGoogle({ baseURL, apiKey, fetch }).languageModel(name)
    }
  }
}
