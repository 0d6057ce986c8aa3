/** Model servers people use, so that connecting one is a choice and a key instead of a form. */
import type { ProviderKind } from '@parley/protocol/workspace'

export interface ProviderPreset {
  /** Start of the provider's id. */
  readonly id: string
  readonly kind: ProviderKind
  /** Brand names are the same in every language; the empty one is named by the interface. */
  readonly name: string
  /** Empty where the usual address of the kind is meant. */
  readonly baseUrl: string
  readonly key: 'needed' | 'optional'
  /** Where a key is made. */
  readonly keyUrl?: string
  /** Runs on an own machine. */
  readonly local: boolean
}

export const presets: readonly ProviderPreset[] = [
  {
    id: 'lmstudio',
    kind: 'openai-compatible',
    name: 'LM Studio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    key: 'optional',
    local: true,
  },
  {
    id: 'ollama',
    kind: 'openai-compatible',
    name: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    key: 'optional',
    local: true,
  },
  {
    id: 'vllm',
    kind: 'openai-compatible',
    name: 'vLLM',
    baseUrl: 'http://127.0.0.1:8000/v1',
    key: 'optional',
    local: true,
  },
  {
    id: 'openai',
    kind: 'openai-compatible',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    key: 'needed',
    keyUrl: 'https://platform.openai.com/api-keys',
    local: false,
  },
  {
    id: 'anthropic',
    kind: 'anthropic',
    name: 'Anthropic',
    baseUrl: '',
    key: 'needed',
    keyUrl: 'https://console.anthropic.com/settings/keys',
    local: false,
  },
  {
    id: 'google',
    kind: 'google',
    name: 'Google Gemini',
    baseUrl: '',
    key: 'needed',
    keyUrl: 'https://aistudio.google.com/apikey',
    local: false,
  },
  {
    id: 'deepseek',
    kind: 'openai-compatible',
    name: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com/v1',
    key: 'needed',
    keyUrl: 'https://platform.deepseek.com/api_keys',
    local: false,
  },
  {
    id: 'qwen',
    kind: 'openai-compatible',
    name: 'Qwen (DashScope)',
    baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    key: 'needed',
    keyUrl: 'https://bailian.console.aliyun.com/?tab=model#/api-key',
    local: false,
  },
  {
    id: 'moonshot',
    kind: 'openai-compatible',
    name: 'Moonshot (Kimi)',
    baseUrl: 'https://api.moonshot.cn/v1',
    key: 'needed',
    keyUrl: 'https://platform.moonshot.cn/console/api-keys',
    local: false,
  },
  {
    id: 'openrouter',
    kind: 'openai-compatible',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    key: 'needed',
    keyUrl: 'https://openrouter.ai/settings/keys',
    local: false,
  },
  { id: 'custom', kind: 'openai-compatible', name: '', baseUrl: '', key: 'optional', local: false },
]

/** The preset a stored provider was most likely made from. */
export function presetOf(provider: { readonly id: string; readonly kind: ProviderKind }): ProviderPreset | undefined {
  const start = provider.id.replace(/-\d+$/, '')
  return presets.find((preset) => preset.id === start && preset.kind === provider.kind)
}
