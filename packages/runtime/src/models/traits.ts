/** What is known about a model without asking: from its record in the settings, else from its name, else carefully. */
import type { ModelTraits } from './language-model.ts'
import type { ProviderConfig } from './ports.ts'

/** Used when neither the record nor the name tells: what small local models are usually loaded with. */
export const DEFAULT_CONTEXT_WINDOW = 8_192

// Only names whose window is the same wherever they are served.
const WINDOWS: readonly (readonly [RegExp, number])[] = [
  [/^(gpt-4\.1|gpt-5)/, 400_000],
  [/^(gpt-4o|gpt-4-turbo|chatgpt-4o|o1|o3|o4)/, 128_000],
  [/^gpt-4/, 8_192],
  [/^gpt-3\.5/, 16_385],
  [/claude/, 200_000],
  [/gemini/, 1_000_000],
  [/^(deepseek-chat|deepseek-reasoner)/, 64_000],
  [/^(moonshot|kimi)/, 128_000],
  [/^glm-4/, 128_000],
]

const VISION =
  /gpt-4o|gpt-4\.1|gpt-5|\bo[34]\b|claude|gemini|vision|[-_.]vl\b|[-_.]?vl[-_.]|llava|pixtral|minicpm-v|internvl|gemma-?3(?!n)|glm-4(\.\d)?v|qvq|moondream|bakllava|llama-?4/

const TEXT_ONLY =
  /^(deepseek-(chat|reasoner)|o1-mini|gpt-3\.5|gpt-4$|codestral|mistral-7b)|qwen\d?(\.\d)?-(coder|math)|starcoder|phi-?[23]\b/

/** Traits of the model `name` (as on the wire) at `provider`. */
export function traitsOf(provider: ProviderConfig, name: string): ModelTraits {
  const record = provider.models.find((model) => model.name === name)
  // `vendor/model`, `model:tag` → the model's own name.
  const bare = (name.split('/').at(-1) ?? name).toLowerCase()
  const isHosted = provider.kind !== 'openai-compatible'
  return {
    vision: record?.vision ?? (VISION.test(bare) ? true : TEXT_ONLY.test(bare) ? false : undefined),
    contextWindow:
      record?.contextWindow ?? WINDOWS.find(([pattern]) => pattern.test(bare))?.[1] ?? DEFAULT_CONTEXT_WINDOW,
    imageTypes: isHosted ? ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] : ['image/png', 'image/jpeg'],
  }
}
