import type { ModelImage } from './language-model.ts'

/**
 * Brings a picture into a form a model server takes. The host supplies it, because decoding pictures needs a native library.
 * Undefined when the bytes are no picture it can read.
 */
export type ImageConverter = (image: ModelImage) => Promise<ModelImage | undefined>
