/** Pictures for models (spec/runtime §7.4: local servers take PNG and JPEG only). */
import type { ImageConverter } from '@parley/runtime'

/** Pixels of the longer side: what vision models use at most, and a bound on what is sent. */
const LONGEST_SIDE = 2_048

/** PNG where a picture has transparency, JPEG otherwise; turned upright, the first frame of animations. */
export const convertImage: ImageConverter = async ({ bytes, name }) => {
  const { default: sharp } = await import('sharp')
  try {
    const picture = sharp(bytes, { limitInputPixels: 100_000_000, failOn: 'error' })
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    const { hasAlpha } = await picture.metadata()
    const encoded = hasAlpha ? picture.png() : picture.jpeg({ quality: 88 })
    return { bytes: await encoded.toBuffer(), mime: hasAlpha ? 'image/png' : 'image/jpeg', name }
  } catch {
    return undefined
  }
}
