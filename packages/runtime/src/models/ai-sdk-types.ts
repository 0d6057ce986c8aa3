/** The provider interface of the AI SDK, taken from the package we depend on. */
import type { LanguageModel as AnyLanguageModel } from 'ai'

export type ProviderModel = Extract<AnyLanguageModel, { specificationVersion: 'v4' }>
export type ProviderCallOptions = Parameters<ProviderModel['doStream']>[0]
export type LanguageModelV4Prompt = ProviderCallOptions['prompt']
type StreamOf<T> = T extends { stream: ReadableStream<infer Part> } ? Part : never
export type ProviderStreamPart = StreamOf<Awaited<ReturnType<ProviderModel['doStream']>>>
