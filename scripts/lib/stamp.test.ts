import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockMatches } from './install.mjs'
import { contentHash } from './stamp.mjs'

let base: string
beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'parley-stamp-'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const write = (name: string, text: string): void => {
  mkdirSync(path.dirname(path.join(base, name)), { recursive: true })
  writeFileSync(path.join(base, name), text)
}
const hash = (): string => contentHash({ inputs: ['lock.json', 'packages/core'] }, base)

it('a build is stale when a source changes, appears, is renamed or goes', () => {
  write('packages/core/src/a.ts', 'one')
  const seen = new Set([hash()])
  write('packages/core/src/a.ts', 'two')
  seen.add(hash())
  write('packages/core/src/b.ts', '')
  seen.add(hash())
  rmSync(path.join(base, 'packages/core/src/b.ts'))
  write('packages/core/src/c.ts', '')
  seen.add(hash())
  write('lock.json', '{}')
  seen.add(hash())
  expect(seen.size).toBe(5)
})

it('tests, build results and other packages do not make it stale', () => {
  write('packages/core/src/a.ts', 'one')
  const before = hash()
  write('packages/core/src/a.test.ts', 'x')
  write('packages/core/dist/a.js', 'x')
  write('packages/core/node_modules/x/index.js', 'x')
  write('packages/web/src/a.ts', 'x')
  expect(hash()).toBe(before)
})

it('an installation counts when every required package has the version of the lock file', () => {
  const lock = {
    packages: {
      '': {},
      'packages/core': { version: '0.1.0' },
      'node_modules/@parley/core': { link: true },
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/@img/sharp-win32-x64': { version: '0.35.5', optional: true },
    },
  }
  const installed = { 'node_modules/@parley/core': { link: true }, 'node_modules/zod': { version: '4.6.7' } }
  const record = (packages: object): string => JSON.stringify({ packages })
  expect(lockMatches(lock, record(installed))).toBe(true)
  expect(lockMatches(lock, record({ ...installed, 'node_modules/zod': { version: '4.6.6' } }))).toBe(false)
  expect(lockMatches(lock, record({ 'node_modules/zod': { version: '4.6.7' } }))).toBe(false)
  expect(lockMatches(lock, undefined)).toBe(false)
})
