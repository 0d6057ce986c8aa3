/** Counts what a vitest run did, from its JSON report. */

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed Failed tests, plus files that could not run at all.
 * @property {number} skipped
 */

/**
 * @param {{testResults: {status: string, assertionResults: {status: string}[]}[]}} report
 * @returns {Tally}
 */
export function tally(report) {
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const count = (/** @type {string[]} */ ...states) => tests.filter(({ status }) => states.includes(status)).length
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  return {
    passed: count('passed'),
    failed: count('failed') + broken.length,
    skipped: count('skipped', 'pending', 'todo', 'disabled'),
  }
}

/** The closing line: `12 passed, 0 failed`, with `, 3 skipped` when there are any. @param {Tally} result */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
