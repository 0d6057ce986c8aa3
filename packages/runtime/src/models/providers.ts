/** One vendor library per kind, loaded when a model of that kind is first used. */
import type { ProviderModel } from './ai-sdk-types.ts'
import { apiRoot } from './base-url.ts'
import type { Fetch } from './http-transport.ts'
import type { ProviderConfig } from './ports.ts'

/** Opens the model `name` of a provider. Sends nothing yet. */
export async function openModel(provider: ProviderConfig, name: string, fetch: Fetch): Promise<ProviderModel> {
  const baseURL = apiRoot(provider.kind, provider.baseUrl)
  switch (provider.kind) {
    case 'openai-compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
      return createOpenAICompatible({
        name: 'provider',
        baseURL,
        includeUsage: true,
        fetch,
        ...(provider.apiKey === '' ? {} : { apiKey: provider.apiKey }),
      }).chatModel(name)
    }
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic')
      return createAnthropic({ baseURL, apiKey: provider.apiKey, fetch }).languageModel(name)
    }
    case 'google': {
      const { createGoogle } = await import('@ai-sdk/google')
      return createGoogle({ baseURL, apiKey: provider.apiKey, fetch }).languageModel(name)
    }
  }
}
