import { describe, expect, it } from 'vitest'
import { closingLine, tally } from './test-tally.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((state) => ({ status: state })),
})

describe('the closing line of npm test', () => {
  it('counts tests of all files', () => {
    const result = tally({ testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')] })
    expect(closingLine(result)).toBe('3 passed, 1 failed')
  })
  it('counts a file that could not be loaded as one failure', () => {
    const result = tally({ testResults: [file('failed'), file('failed', 'passed')] })
    expect(closingLine(result)).toBe('1 passed, 2 failed')
  })
  it('names skipped tests only when there are any', () => {
    expect(closingLine(tally({ testResults: [file('passed', 'passed', 'skipped', 'todo')] }))).toBe(
      '1 passed, 0 failed, 2 skipped',
    )
  })
})
