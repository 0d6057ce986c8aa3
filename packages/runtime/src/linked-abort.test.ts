import { expect, test } from 'vitest'
import { linkAbort } from './linked-abort.ts'

test('aborts with the reason of whichever source aborts first', () => {
  const [a, b] = [new AbortController(), new AbortController()]
  using link = linkAbort(a.signal, undefined, b.signal)
  b.abort('b')
  a.abort('a')
  expect(link.signal.reason).toBe('b')
  expect(linkAbort(a.signal).signal.reason).toBe('a')
})

test('a cut link hears nothing any more', () => {
  const source = new AbortController()
  const link = linkAbort(source.signal)
  link[Symbol.dispose]()
  source.abort('late')
  expect(link.signal.aborted).toBe(false)
})
