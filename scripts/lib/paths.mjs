import path from 'node:path'

/** The repository root. */
export const root = path.resolve(import.meta.dirname, '../..')

/** A path inside the repository. @param {...string} parts */
export const inRoot = (...parts) => path.join(root, ...parts)

/** The Node release pinned by package.json; everything but the first step of an installation runs on it. */
export const pinnedNode = inRoot('node_modules', 'node', 'bin', 'node')
