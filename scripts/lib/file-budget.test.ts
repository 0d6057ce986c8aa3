import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { longFiles } from './file-budget.mjs'

it('reports source files past 400 lines and refuses those past 600, tests aside', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'parley-budget-'))
  try {
    const write = (name: string, lines: number): void => {
      const file = path.join(root, 'packages', name)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, 'x\n'.repeat(lines))
    }
    write('core/src/short.ts', 400)
    write('core/src/log/long.ts', 401)
    write('web/src/huge.tsx', 601)
    write('web/src/huge.test.tsx', 2000)
    write('web/dist/huge.ts', 2000)
    expect(longFiles(root)).toEqual([
      { file: 'packages/web/src/huge.tsx', lines: 601, tooLong: true },
      { file: 'packages/core/src/log/long.ts', lines: 401, tooLong: false },
    ])
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
