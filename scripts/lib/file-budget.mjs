/** File size budget: a source file past the soft limit is a place to look, past the hard limit a failure. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const SOFT_LINES = 400
export const HARD_LINES = 600

/**
 * Source files of packages/<name>/src longer than the soft limit, longest first. Tests are not counted.
 *
 * @param {string} root
 * @returns {{file: string, lines: number, tooLong: boolean}[]}
 */
export function longFiles(root) {
  const packages = path.join(root, 'packages')
  return readdirSync(packages)
    .flatMap((name) => sources(path.join(packages, name, 'src')))
    .map((file) => ({ file: path.relative(root, file), lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > SOFT_LINES)
    .map((entry) => ({ ...entry, tooLong: entry.lines > HARD_LINES }))
    .sort((a, b) => b.lines - a.lines)
}

/** @param {string} folder @returns {string[]} */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) return sources(file)
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [file] : []
  })
}
