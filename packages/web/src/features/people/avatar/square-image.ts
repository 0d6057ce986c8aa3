/** Pixels of an avatar's edge; sharp at 88 px on dense screens. */
const EDGE = 320

/** Cuts the middle square out of a picture and scales it down. Rejects for files that are no picture the browser knows. */
export async function squareImage(file: File): Promise<File> {
  const bitmap = await createImageBitmap(file)
  try {
    const side = Math.min(bitmap.width, bitmap.height)
    const edge = Math.min(EDGE, side)
    const canvas = document.createElement('canvas')
    canvas.width = edge
    canvas.height = edge
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, edge, edge)
    return await fileOf(canvas)
  } finally {
    bitmap.close()
  }
}

function fileOf(canvas: HTMLCanvasElement): Promise<File> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (!blob) return reject(new Error('no picture'))
        // Browsers that cannot write WebP give PNG instead.
        const extension = blob.type === 'image/webp' ? 'webp' : 'png'
        resolve(new File([blob], `avatar.${extension}`, { type: blob.type }))
      },
      'image/webp',
      0.9,
    )
  })
}
