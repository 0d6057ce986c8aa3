/** Each rule of the repository bites: a bad snippet is written into a copy of the layout and linted for real. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
let copy: string

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'parley-lint-'))
  cpSync(path.join(root, '.oxlintrc.json'), path.join(copy, '.oxlintrc.json'))
  cpSync(path.join(root, 'scripts/lint'), path.join(copy, 'scripts/lint'), { recursive: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** The rules that complain about `source` when it stands in `file`. */
function lint(file: string, source: string): string[] {
  const target = path.join(copy, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, source)
  const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint')
  const run = spawnSync(process.execPath, [oxlint, '--format', 'json', file], { cwd: copy, encoding: 'utf8' })
  rmSync(target)
  const report: { diagnostics: { code: string }[] } = JSON.parse(run.stdout)
  return report.diagnostics.map((diagnostic) => diagnostic.code)
}

const imports = (specifier: string): string => `import { x } from '${specifier}'\nexport const y = x\n`
const BOUNDARY = 'parley(import-boundaries)'

describe('the import graph', () => {
  const refused: [string, string][] = [
    ['packages/base/src/a.ts', '@parley/protocol/shared'],
    ['packages/base/src/a.ts', 'zod'],
    ['packages/base/src/a.ts', 'node:fs'],
    ['packages/protocol/src/a.ts', '@parley/core'],
    ['packages/core/src/log/a.ts', '@parley/infra/sqlite'],
    ['packages/core/src/log/a.ts', 'fastify'],
    ['packages/core/src/log/a.ts', 'node:crypto'],
    ['packages/core/src/log/a.ts', '../../../infra/src/sqlite/index.ts'],
    ['packages/core/src/log/a.ts', '../contract/index.ts'],
    ['packages/infra/src/sqlite/a.ts', '@parley/server'],
    ['packages/runtime/src/turns/a.ts', '@parley/core'],
    ['packages/runtime/src/turns/a.ts', '@parley/infra/sqlite'],
    ['packages/runtime/src/turns/a.ts', '@parley/protocol/workspace'],
    ['packages/server/src/hosts/a.ts', '@parley/infra/sqlite'],
    ['packages/server/src/edges/workspace/a.ts', '@parley/infra/sqlite'],
    ['packages/server/src/edges/workspace/a.ts', '../aicq/b.ts'],
    ['packages/server/src/edges/workspace/routes/a.ts', '../../ops/b.ts'],
    ['packages/web/src/features/a.ts', '@parley/server'],
    ['packages/web/src/features/a.ts', '@parley/core'],
    ['packages/web/src/features/a.ts', 'node:path'],
    ['packages/web/src/sync/a.ts', 'react'],
    ['packages/web/src/sync/a.ts', '@tanstack/react-query'],
    ['packages/web/src/sync/a.ts', '../features/b.ts'],
    ['packages/cli/src/a.ts', '@parley/infra/sqlite'],
    ['packages/cli/src/a.ts', '@parley/core/src/index.ts'],
    ['packages/surprise/src/a.ts', '@parley/base'],
  ]
  it.each(refused)('refuses %s importing %s', (file, specifier) => {
    expect(lint(file, imports(specifier))).toContain(BOUNDARY)
  })

  const allowed: [string, string][] = [
    ['packages/protocol/src/a.ts', 'zod'],
    ['packages/core/src/log/a.ts', '@parley/protocol/workspace'],
    ['packages/infra/src/sqlite/a.ts', '@parley/core/ports'],
    ['packages/infra/src/sqlite/a.ts', 'node:fs'],
    ['packages/runtime/src/turns/a.ts', '@parley/protocol/shared'],
    ['packages/server/src/compose.ts', '@parley/infra/sqlite'],
    ['packages/server/src/edges/workspace/a.ts', '@parley/core'],
    ['packages/server/src/edges/workspace/routes/a.ts', '../session.ts'],
    ['packages/core/src/log/a.test.ts', '@parley/infra/memory'],
    ['packages/web/src/features/a.ts', 'react'],
    ['packages/web/src/sync/a.ts', '@parley/protocol/workspace'],
    ['packages/cli/src/a.ts', '@parley/server'],
  ]
  it.each(allowed)('allows %s importing %s', (file, specifier) => {
    expect(lint(file, imports(specifier))).not.toContain(BOUNDARY)
  })

  it.each([
    ["export * from '@parley/infra/sqlite'\n"],
    ["export { x } from '@parley/infra/sqlite'\n"],
    ["export const y = await import('@parley/infra/sqlite')\n"],
    ["export type Y = import('@parley/infra/sqlite').X\n"],
    ["import type { X } from '@parley/infra/sqlite'\nexport type Y = X\n"],
  ])('sees every form of import: %j', (source) => {
    expect(lint('packages/core/src/log/a.ts', source)).toContain(BOUNDARY)
  })
})

describe('the environment', () => {
  const readings = [
    'export const a = process.env.HOME\n',
    "export const a = process['env']['HOME']\n",
    'const { env } = process\nexport const a = env.HOME\n',
    "import { env } from 'node:process'\nexport const a = env.HOME\n",
  ]
  it.each(readings)('is not read in a use case: %j', (source) => {
    expect(lint('packages/server/src/hosts/a.ts', source)).toContain('parley(no-ambient-env)')
  })
  it('is read in config and in entry points', () => {
    for (const file of ['packages/server/src/config/env.ts', 'packages/server/src/main.ts', 'packages/cli/src/main.ts'])
      expect(lint(file, 'export const a = process.env.HOME\n')).toEqual([])
  })
})

describe('output and parsing', () => {
  it('keeps the console for entry points', () => {
    expect(lint('packages/core/src/a.ts', "console.log('x')\n")).toContain('eslint(no-console)')
    expect(lint('packages/server/src/hosts/a.ts', "console.log('x')\n")).toContain('eslint(no-console)')
    expect(lint('packages/cli/src/commands/a.ts', "console.log('x')\n")).toEqual([])
  })
  it('sends untrusted JSON through parseJson', () => {
    const source = 'export const parse = (text: string): unknown => JSON.parse(text)\n'
    for (const file of ['packages/server/src/edges/workspace/a.ts', 'packages/runtime/src/models/a.ts'])
      expect(lint(file, source)).toContain('eslint(no-restricted-properties)')
    expect(lint('packages/base/src/json.ts', source)).toEqual([])
  })
  it('refuses a test that asserts nothing', () => {
    const source = "import { it } from 'vitest'\nit('adds', () => { Math.max(1, 2) })\n"
    expect(lint('tests/e2e/a.test.ts', source)).toContain('vitest(expect-expect)')
  })
  it('refuses skipped and exclusive tests', () => {
    const test = (call: string): string =>
      `import { expect, it } from 'vitest'\n${call}('adds', () => { expect(1 + 1).toBe(2) })\n`
    expect(lint('tests/e2e/a.test.ts', test('it'))).toEqual([])
    expect(lint('tests/e2e/a.test.ts', test('it.only'))).toContain('vitest(no-focused-tests)')
    expect(lint('tests/e2e/a.test.ts', test('it.skip'))).toContain('vitest(no-disabled-tests)')
  })
})
