/** What an uploaded file is, judged by its bytes and never by what the sender says. */

export interface DetectedFile {
  readonly mime: string
  /** Without the dot. */
  readonly extension: string
  /** Pixels; only for images a browser may show. */
  readonly width?: number
  readonly height?: number
}

/** Raster images that are safe to show in place. SVG is a document with scripts, so it is not one. */
export const inlineImages: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
])

/** Text formats without magic bytes: kept by name if the bytes are text. All are served as attachments. */
const textTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  css: 'text/css',
  html: 'text/html',
  ini: 'text/plain',
  js: 'text/javascript',
  json: 'application/json',
  log: 'text/plain',
  md: 'text/markdown',
  py: 'text/x-python',
  sql: 'application/sql',
  svg: 'image/svg+xml',
  toml: 'application/toml',
  ts: 'text/plain',
  txt: 'text/plain',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
}

/** Detects type and, for raster images, size. An image that cannot be decoded is an ordinary file. */
export async function detectFile(bytes: Uint8Array, name: string): Promise<DetectedFile> {
  // Loaded on demand: most starts see no upload, and the two cost a start 120 ms.
  const { fileTypeFromBuffer } = await import('file-type')
  const detected = await fileTypeFromBuffer(bytes)
  if (detected === undefined || detected.mime === 'application/xml') return detectText(bytes, name)
  if (!inlineImages.has(detected.mime)) return { mime: detected.mime, extension: detected.ext }
  const size = await imageSize(bytes)
  if (size === undefined) return { mime: 'application/octet-stream', extension: 'bin' }
  return { mime: detected.mime, extension: detected.ext, ...size }
}

async function imageSize(bytes: Uint8Array): Promise<{ width: number; height: number } | undefined> {
  const { default: sharp } = await import('sharp')
  try {
    const { autoOrient } = await sharp(bytes, { limitInputPixels: 100_000_000, failOn: 'error' }).metadata()
    return { width: autoOrient.width, height: autoOrient.height }
  } catch {
    return undefined
  }
}

function detectText(bytes: Uint8Array, name: string): DetectedFile {
  if (!isText(bytes)) return { mime: 'application/octet-stream', extension: 'bin' }
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? 'txt'
  const mime = Object.hasOwn(textTypes, extension) ? textTypes[extension] : undefined
  return mime === undefined ? { mime: 'text/plain', extension: 'txt' } : { mime, extension }
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
