/**
 * Who may import whom. One row per workspace package; docs/architecture.md explains why.
 *
 * @typedef {object} ImportRow
 * @property {readonly string[]} packages Workspace specifiers without the scope: `protocol` allows every entry of the
 *   package, `protocol/shared` only that entry.
 * @property {readonly string[] | 'any'} external Packages from the registry: names, or `any` (package.json decides).
 * @property {boolean} builtins Whether `node:` modules may be imported.
 */

/** @type {Readonly<Record<string, ImportRow>>} */
export const packageRows = {
  base: { packages: [], external: [], builtins: false },
  protocol: { packages: ['base'], external: ['zod'], builtins: false },
  core: { packages: ['base', 'protocol'], external: [], builtins: false },
  infra: { packages: ['base', 'protocol', 'core'], external: 'any', builtins: true },
  runtime: { packages: ['base', 'protocol/shared'], external: 'any', builtins: true },
  server: { packages: ['base', 'protocol', 'core', 'infra', 'runtime'], external: 'any', builtins: true },
  cli: { packages: ['base', 'server'], external: ['commander'], builtins: true },
  web: { packages: ['base', 'protocol/workspace'], external: 'any', builtins: false },
  testkit: { packages: ['base', 'protocol', 'server'], external: 'any', builtins: true },
}

/** What a test file may import beyond the row of its package: real stores and the in-process server. */
export const testExtras = ['core', 'infra', 'testkit']

/**
 * Narrower rules inside a package. `files` is matched against the path below `packages/`, `bans` against the
 * specifier, or for a relative import against the path it resolves to below `packages/`.
 *
 * @type {readonly {files: RegExp, except?: RegExp, bans: RegExp, why: string}[]}
 */
export const folderRules = [
  {
    files: /^server\/src\//,
    except: /^server\/src\/(compose|main|maintenance)\.ts$/,
    bans: /^@parley\/infra(\/|$)/,
    why: 'only compose.ts, main.ts and maintenance.ts of the server name infra; take a port instead',
  },
  {
    files: /^web\/src\/sync\//,
    bans: /^(react|react-dom|react-[^/]+|radix-ui|sonner|cmdk|lucide-react|streamdown|@tanstack\/[^/]+|@radix-ui\/[^/]+|@streamdown\/[^/]+)(\/|$)|^web\/src\/(features|ui|app)\//,
    why: 'web/src/sync knows no React and no screen',
  },
  {
    files: /^core\/src\/(?!contract\/)/,
    bans: /^core\/src\/contract\//,
    why: 'contract suites are for implementations of the ports, not for the domain',
  },
]

/** Folders whose children must not know each other: an edge never imports another edge. */
export const siblings = ['server/src/edges']
