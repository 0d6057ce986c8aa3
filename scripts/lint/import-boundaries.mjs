/** Lint rule: every import, export-from, dynamic import and import type obeys import-table.mjs. */
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { folderRules, packageRows, siblings, testExtras } from './import-table.mjs'

const SCOPE = '@parley/'
/** Tests, and what only tests import: suites each implementation of a port runs, and harnesses. */
const TEST_FILE = /\.test\.tsx?$|^core\/src\/contract\/|^runtime\/src\/testing\//

/** The path below `packages/`, or undefined for files that are no source of a package. @param {string} filename */
function belowPackages(filename) {
  const file = filename.split(path.sep).join('/').split('/packages/').slice(1).at(-1)
  return file?.split('/')[1] === 'src' ? file : undefined
}

/** @param {string} specifier */
function packageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** @param {readonly string[]} allowed @param {string} entry e.g. `protocol/shared` */
function allows(allowed, entry) {
  return allowed.some((name) => entry === name || entry.startsWith(`${name}/`))
}

/**
 * Why `specifier` may not be imported from `file`; undefined when it may.
 *
 * @param {string} file path below `packages/`, e.g. `core/src/log/append.ts`
 * @param {string} specifier as written in the import
 * @returns {string | undefined}
 */
export function violation(file, specifier) {
  const owner = file.split('/')[0] ?? ''
  const row = packageRows[owner]
  if (!row) return `packages/${owner} has no row in scripts/lint/import-table.mjs`
  const isTest = TEST_FILE.test(file)
  const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier

  if (specifier.startsWith('.')) {
    if (!target.startsWith(`${owner}/`)) return 'a relative import must stay inside its package; use the package name'
  } else if (specifier.startsWith(SCOPE)) {
    const entry = specifier.slice(SCOPE.length)
    if (entry.includes('/src/')) return 'import the entry of a package, not a file inside it'
    const allowed = isTest ? [...row.packages, ...testExtras] : row.packages
    if (packageName(specifier) !== `${SCOPE}${owner}` && !allows(allowed, entry))
      return `packages/${owner} may import ${row.packages.map((name) => SCOPE + name).join(', ') || 'no other package'}`
  } else if (isBuiltin(specifier)) {
    if (!row.builtins && !isTest) return `packages/${owner} runs without Node; take a port instead of ${specifier}`
  } else if (row.external !== 'any' && !isTest && !row.external.includes(packageName(specifier))) {
    return `packages/${owner} may use ${row.external.join(', ') || 'no package from the registry'}`
  }

  for (const rule of folderRules) {
    if (isTest || !rule.files.test(file) || rule.except?.test(file)) continue
    if (rule.bans.test(target)) return rule.why
  }
  for (const folder of siblings) {
    const from = childOf(folder, file)
    const to = childOf(folder, target)
    if (from !== undefined && to !== undefined && from !== to)
      return `${folder}/${from} must not know ${folder}/${to}; share through core`
  }
  return undefined
}

/** The child folder of `folder` that holds `file`. @param {string} folder @param {string} file */
function childOf(folder, file) {
  if (!file.startsWith(`${folder}/`)) return undefined
  const rest = file.slice(folder.length + 1).split('/')
  return rest.length > 1 ? rest[0] : undefined
}

export const importBoundaries = {
  meta: { type: 'problem', docs: { description: 'The import graph of docs/architecture.md' } },
  /** @param {any} context */
  create(context) {
    const file = belowPackages(context.filename)
    if (file === undefined) return {}
    /** @param {any} source */
    const check = (source) => {
      if (typeof source?.value !== 'string') return
      const why = violation(file, source.value)
      if (why !== undefined) context.report({ node: source, message: `'${source.value}' is not allowed here: ${why}.` })
    }
    return {
      /** @param {any} node */ ImportDeclaration: (node) => check(node.source),
      /** @param {any} node */ ExportAllDeclaration: (node) => check(node.source),
      /** @param {any} node */ ExportNamedDeclaration: (node) => check(node.source),
      /** @param {any} node */ ImportExpression: (node) => check(node.source),
      /** @param {any} node */ TSImportType: (node) => check(node.source),
    }
  },
}
