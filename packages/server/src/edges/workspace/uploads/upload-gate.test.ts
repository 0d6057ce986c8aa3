import { expect, test } from 'vitest'
import { UploadGate } from './upload-gate.ts'

test('one person uploads a few files at once and not too many in a row; others are not held up', () => {
  let now = 0
  const gate = new UploadGate({ now: () => now }, { atOnce: 2, perSecond: 1, burst: 3 })
  const first = gate.enter('ann')
  gate.enter('ann')
  expect(() => gate.enter('ann')).toThrow(expect.objectContaining({ code: 'too_many_uploads', retryAfter: 2 }))
  expect(() => gate.enter('ben')).not.toThrow()
  first()
  const third = gate.enter('ann')
  third()
  expect(() => gate.enter('ann')).toThrow(expect.objectContaining({ code: 'too_many_uploads', retryAfter: 1 }))
  now = 1_000
  expect(() => gate.enter('ann')).not.toThrow()
})
