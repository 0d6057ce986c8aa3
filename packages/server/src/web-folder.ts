import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the built web app lies, seen from the source tree and from the bundle in `dist/server`. */
const places = ['../../web/dist', '../../packages/web/dist']

/** The first place that exists, else the first. */
export function defaultWebFolder(): string {
  const folders = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  return folders.find((folder) => existsSync(folder)) ?? (folders[0] as string)
}
