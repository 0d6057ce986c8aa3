import fc from 'fast-check'
import { expect, it } from 'vitest'
import { answerParts, type Step } from './parts.ts'

const step = (callId: string, at?: number): Step => ({
  callId,
  toolName: 'search',
  arguments: {},
  status: 'completed',
  at,
})
const shape = (text: string, steps: Step[]): string[] =>
  answerParts(text, steps).map((part) =>
    part.type === 'text' ? part.text : part.steps.map(({ callId }) => callId).join('+'),
  )

it('puts the steps between the paragraphs where they began', () => {
  expect(shape('one two', [step('a', 0), step('b', 4), step('c', 4)])).toEqual(['a', 'one ', 'b+c', 'two'])
  expect(shape('', [step('a')])).toEqual(['a'])
  expect(shape('text', [step('late', 99)])).toEqual(['text', 'late'])
})

it('loses no text and no step', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.nat({ max: 40 }), { maxLength: 8 }), (text, places) => {
      const parts = answerParts(
        text,
        places.map((at, index) => step(String(index), at)),
      )
      expect(parts.map((part) => (part.type === 'text' ? part.text : '')).join('')).toBe(text)
      expect(parts.flatMap((part) => (part.type === 'tools' ? part.steps : []))).toHaveLength(places.length)
      expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length)
    }),
  )
})

it('keeps the keys of finished parts while the text grows', () => {
  const steps = [step('a', 4)]
  const before = answerParts('one two', steps)
  const after = answerParts('one two three', steps)
  expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key))
})
