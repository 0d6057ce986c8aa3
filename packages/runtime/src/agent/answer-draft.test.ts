import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AnswerDraft, type DraftSink } from './answer-draft.ts'

/** What a reader sees who only follows the sink. */
function reader() {
  const seen = { text: '', reasoning: '', steps: new Map<string, string>(), model: '' }
  const sink: DraftSink = {
    text: (delta) => void (seen.text += delta),
    reasoning: (delta) => void (seen.reasoning += delta),
    tool: (step) => void seen.steps.set(step.callId, step.status),
    model: (id) => void (seen.model = id),
    restart: () => Object.assign(seen, { text: '', reasoning: '', steps: new Map(), model: '' }),
  }
  return { seen, draft: new AnswerDraft(sink) }
}

test('whatever happens, the reader sees what the draft holds', () => {
  const action = fc.oneof(
    fc.record({ do: fc.constant('text' as const), value: fc.string({ minLength: 1, maxLength: 4 }) }),
    fc.record({ do: fc.constant('reasoning' as const), value: fc.string({ minLength: 1, maxLength: 4 }) }),
    fc.record({ do: fc.constant('step' as const), value: fc.constantFrom('a', 'b') }),
    fc.record({ do: fc.constantFrom('call' as const, 'rollback' as const, 'retract' as const, 'close' as const) }),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
      const { seen, draft } = reader()
      let mark = draft.mark()
      for (const [index, entry] of actions.entries()) {
        if (entry.do === 'text') draft.addText(entry.value)
        else if (entry.do === 'reasoning') draft.addReasoning(entry.value)
        else if (entry.do === 'step')
          draft.setStep({ callId: entry.value, toolName: 't', arguments: {}, status: 'calling' })
        else if (entry.do === 'close') draft.closeSteps('stopped')
        else if (entry.do === 'rollback') draft.rollback(mark)
        else if (entry.do === 'retract') {
          draft.retract(mark)
          mark = draft.mark()
        } else {
          mark = draft.mark()
          draft.beginCall(`m/${index}`)
        }
      }
      expect(seen.text).toBe(draft.text)
      expect(seen.reasoning).toBe(draft.reasoning)
      expect(seen.model).toBe(draft.model)
      expect([...seen.steps]).toEqual(draft.steps.map((step) => [step.callId, step.status]))
    }),
    { numRuns: 500 },
  )
})

test('text of a later call becomes a paragraph of its own', () => {
  const { draft } = reader()
  for (const text of ['One.', 'Two.\n', 'Three.']) {
    draft.beginCall('m/x')
    draft.addText(text)
  }
  expect(draft.text).toBe('One.\n\nTwo.\n\nThree.')
})
