import { fileErrors } from './errors.ts'

const MAX_LENGTH = 512
const MAX_SEGMENT = 200
// Printable characters but those that some file system or shell reads as more than a name.
const SEGMENT = /^[^\p{C}/\\:*?"<>|]+$/u

/**
 * The segments of a blob path: relative, `/` between names, no name that starts with a dot. Throws `blob_path_invalid`
 * for anything else, so no path can leave the root or hit a hidden file.
 */
export function parseBlobPath(path: string): readonly string[] {
  const segments = path.split('/')
  if (path.length > MAX_LENGTH || !segments.every(isName)) throw fileErrors.blob_path_invalid()
  return segments
}

function isName(segment: string): boolean {
  return segment.length <= MAX_SEGMENT && SEGMENT.test(segment) && !segment.startsWith('.')
}
