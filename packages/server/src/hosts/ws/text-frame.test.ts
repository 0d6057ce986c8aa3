import type { Writable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as ws from 'ws'
import { textFrame } from './text-frame.ts'

// Exported by the library, missing in its types.
const { Receiver } = ws as unknown as { Receiver: new (options: { isServer: boolean }) => Writable }

/** Reads frames with the receiving half of a client. */
function receive(bytes: Buffer): Promise<string> {
  const receiver = new Receiver({ isServer: false })
  return new Promise((resolve, reject) => {
    receiver.on('message', (data: Buffer) => resolve(data.toString()))
    receiver.on('error', reject)
    receiver.write(bytes)
  })
}

test('a client reads the text that was framed, of any length and in any script', async () => {
  const texts = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ minLength: 100, maxLength: 140 }))
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      expect(await receive(textFrame(text))).toBe(text)
    }),
  )
})

test.each([0, 125, 126, 65_535, 65_536, 200_000])('%d bytes of payload', async (length) => {
  expect(await receive(textFrame('x'.repeat(length)))).toHaveLength(length)
})
