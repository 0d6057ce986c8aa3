import { randomText } from '../identity/secrets.ts'

const MAX_BASE = 40
const RANDOM_LENGTH = 16
const PATH = /^\d{4}-\d{2}\/[A-Za-z0-9-]+\.[a-z0-9]{1,10}$/
const PREFIX = '/uploads/'

/**
 * `YYYY-MM/<base>-<random>.<ext>` (spec/workspace §1.2): plain ASCII, so no file system and no URL needs care, and
 * unguessable. The name the sender gave is kept in the record.
 */
export function newUploadPath(name: string, extension: string, now: number): string {
  const month = new Date(now).toISOString().slice(0, 7)
  const withoutFolder = name.split(/[/\\]/u).at(-1) ?? ''
  const withoutExtension = withoutFolder.replace(/\.[^.]*$/u, '')
  const ascii = withoutExtension
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9]+/gu, '-')
  const base = ascii.slice(0, MAX_BASE).replace(/^-+|-+$/gu, '') || 'file'
  const ending =
    extension
      .toLowerCase()
      .replace(/[^a-z0-9]/gu, '')
      .slice(0, 10) || 'bin'
  return `${month}/${base}-${randomText(RANDOM_LENGTH)}.${ending}`
}

/** The path of an `/uploads/…` URL, or of the part after it; undefined for anything {@link newUploadPath} never makes. */
export function uploadPathOf(url: string): string | undefined {
  const path = url.startsWith(PREFIX) ? url.slice(PREFIX.length) : url
  return PATH.test(path) ? path : undefined
}

const MAX_NAME = 200

/** The sender's name of the file without folders and control characters. */
export function displayNameOf(name: string): string {
  const last = name.split(/[/\\]/u).at(-1) ?? ''
  const clean = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .trim()
  return clean.length <= MAX_NAME ? clean || 'file' : shortened(clean)
}

function shortened(name: string): string {
  const ending = /\.[^.]{1,10}$/u.exec(name)?.[0] ?? ''
  return name.slice(0, MAX_NAME - ending.length) + ending
}
