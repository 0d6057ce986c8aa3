import { sendFrame } from '@parley/protocol/workspace'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameError, parseFrame, quickSend } from './parse-frame.ts'

/** Values that are right, wrong, and on the edge, for every field of a `send`. */
const text = fc.oneof(
  fc.string({ maxLength: 70 }),
  fc.constantFrom('', 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(100_000), 'x'.repeat(100_001)),
)
const anything = fc.oneof(text, fc.integer(), fc.constant(null), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }))
const sendLike = fc.record(
  {
    ref: anything,
    channelId: anything,
    content: anything,
    clientId: anything,
    replyTo: anything,
    messageType: fc.oneof(fc.constantFrom('text', 'image', 'file'), anything),
    attachments: anything,
    extra: anything,
  },
  { requiredKeys: [] },
)
const wellFormed = fc.record(
  { ref: text, channelId: text, content: text, clientId: text, replyTo: text },
  { requiredKeys: ['ref', 'channelId', 'content'] },
)

describe('send frames', () => {
  test('the quick check accepts only what the contract accepts, with the same result', () => {
    fc.assert(
      fc.property(fc.oneof(sendLike, wellFormed), (fields) => {
        const quick = quickSend({ type: 'send', ...fields })
        if (quick === undefined) return
        expect(sendFrame.safeParse({ type: 'send', ...fields })).toEqual({ success: true, data: quick })
      }),
      { numRuns: 1_000 },
    )
  })

  test('read from text, both ways together accept exactly what the contract accepts', () => {
    fc.assert(
      fc.property(fc.oneof(sendLike, wellFormed), (fields) => {
        const frame = { type: 'send', ...fields }
        const expected = sendFrame.safeParse(frame)
        let parsed: unknown
        try {
          parsed = parseFrame(JSON.stringify(frame))
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError)
        }
        expect(parsed).toEqual(expected.data)
      }),
      { numRuns: 500 },
    )
  })

  test('common ones take the quick way', () => {
    const frame = { type: 'send', ref: '1', channelId: 'ch_1', content: 'hello', clientId: 'c1', replyTo: 'msg_1' }
    expect(quickSend(frame)).toEqual({ ...frame, messageType: 'text' })
  })
})

test.each([
  ['nonsense', 'The frame is not valid JSON.', {}],
  ['[]', 'A frame is a JSON object.', {}],
  ['null', 'A frame is a JSON object.', {}],
  ['{"type":"join"}', 'A frame\'s "type" is one of auth, ping, subscribe, unsubscribe, send, typing.', {}],
  ['{"type":"subscribe"}', 'channelId: is required.', {}],
  ['{"type":"send","ref":"r1","channelId":"ch_1"}', 'content: is required.', { ref: 'r1', channelId: 'ch_1' }],
])('%s is refused in words that help', (frame, message, subject) => {
  const error = (() => {
    try {
      return parseFrame(frame)
    } catch (thrown) {
      return thrown as FrameError
    }
  })()
  expect(error).toMatchObject({ message, subject })
})

test('no text makes it throw anything but a refusal', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json({ maxDepth: 4 })), (input) => {
      try {
        parseFrame(input)
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError)
      }
    }),
  )
})
