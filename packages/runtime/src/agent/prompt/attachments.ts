/** Reads the attachments a prompt needs: the newest images, and the text of the newest text files. */
import type { Logger } from '@parley/base'
import type { ImageConverter } from '../../models/image-converter.ts'
import type { ModelImage } from '../../models/language-model.ts'
import type { Seat, SeatFile, SeatMessage } from '../../seat.ts'
import { isImage } from './history.ts'
import { imageType } from './image-type.ts'

export interface AttachmentLimits {
  readonly images: number
  /** Bytes of one image. */
  readonly imageSize: number
  readonly documents: number
  /** Bytes of one document; larger ones are only named. */
  readonly documentSize: number
  /** Characters of one document that reach the model. */
  readonly documentLength: number
}

export const defaultAttachmentLimits: AttachmentLimits = {
  images: 6,
  imageSize: 10_000_000,
  documents: 3,
  documentSize: 1_000_000,
  documentLength: 20_000,
}

const TEXT_MIME = /^(text\/(?!html)|application\/(json|xml|yaml|x-yaml|toml|javascript|typescript|sql|x-sh|x-ndjson)\b)/

/** Loads on demand and once: a turn that falls back to another model reads nothing twice. */
export class Attachments {
  readonly #seat: Pick<Seat, 'readFile'>
  readonly #logger: Logger
  readonly #convert: ImageConverter | undefined
  readonly #limits: AttachmentLimits
  readonly #images = new Map<string, Promise<ModelImage | undefined>>()
  readonly #converted = new Map<string, Promise<ModelImage | undefined>>()

  constructor(
    seat: Pick<Seat, 'readFile'>,
    logger: Logger,
    convert?: ImageConverter,
    limits: AttachmentLimits = defaultAttachmentLimits,
  ) {
    this.#convert = convert
    this.#seat = seat
    this.#logger = logger
    this.#limits = limits
  }

  /** Text of the newest text files of the history, by reference. */
  async documents(messages: readonly SeatMessage[]): Promise<ReadonlyMap<string, string>> {
    const files = newestFirst(messages)
      .filter((file) => TEXT_MIME.test(file.mime) && file.size <= this.#limits.documentSize)
      .slice(0, this.#limits.documents)
    const texts = new Map<string, string>()
    await Promise.all(
      files.map(async (file) => {
        const bytes = await this.#read(file)
        if (bytes === undefined || bytes.includes(0)) return
        const text = new TextDecoder().decode(bytes)
        const limit = this.#limits.documentLength
        const cut = `${text.slice(0, limit)}\n[… the file has ${text.length - limit} more characters]`
        texts.set(file.ref, text.length > limit ? cut : text)
      }),
    )
    return texts
  }

  /**
   * The newest images of these files, by reference. Types that are not accepted are converted where the host can;
   * unknown types are refused by their bytes.
   */
  async images(files: readonly SeatFile[], accepted: readonly string[]): Promise<ReadonlyMap<string, ModelImage>> {
    const newest = files.filter((file) => isImage(file)).slice(-this.#limits.images)
    const loaded = new Map<string, ModelImage>()
    await Promise.all(
      newest.map(async (file) => {
        const image = await this.#image(file)
        if (image === undefined) return
        const usable = accepted.includes(image.mime) ? image : await this.#conversion(file, image)
        if (usable !== undefined && accepted.includes(usable.mime)) loaded.set(file.ref, usable)
      }),
    )
    return loaded
  }

  #conversion(file: SeatFile, image: ModelImage): Promise<ModelImage | undefined> {
    const known = this.#converted.get(file.ref)
    if (known !== undefined || this.#convert === undefined) return known ?? Promise.resolve(undefined)
    const converting = this.#convert(image).catch((error: unknown) => {
      this.#logger.warn({ file: file.ref, error: String(error) }, 'picture could not be converted')
      return undefined
    })
    this.#converted.set(file.ref, converting)
    return converting
  }

  #image(file: SeatFile): Promise<ModelImage | undefined> {
    const known = this.#images.get(file.ref)
    if (known !== undefined) return known
    const loading = this.#loadImage(file)
    this.#images.set(file.ref, loading)
    return loading
  }

  async #loadImage(file: SeatFile): Promise<ModelImage | undefined> {
    if (file.size > this.#limits.imageSize) return undefined
    const bytes = await this.#read(file)
    const mime = bytes === undefined ? undefined : imageType(bytes)
    return bytes === undefined || mime === undefined || bytes.length > this.#limits.imageSize
      ? undefined
      : { bytes, mime, name: file.name }
  }

  async #read(file: SeatFile): Promise<Uint8Array | undefined> {
    try {
      return await this.#seat.readFile(file.ref)
    } catch (error) {
      // A missing picture must not cost the answer.
      this.#logger.warn({ file: file.ref, error: String(error) }, 'attachment could not be read')
      return undefined
    }
  }
}

function newestFirst(messages: readonly SeatMessage[]): readonly SeatFile[] {
  return messages.flatMap((message) => message.files).toReversed()
}
