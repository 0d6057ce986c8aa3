import { expect, test } from 'vitest'
import { KeyedQueue } from './keyed-queue.ts'

test('tasks of one key run in order and never overlap; other keys do not wait', async () => {
  const queue = new KeyedQueue()
  const events: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = queue.run('a', async () => {
    events.push('a1 starts')
    await gate.promise
    events.push('a1 ends')
  })
  const second = queue.run('a', async () => {
    events.push('a2')
  })
  await queue.run('b', async () => {
    events.push('b')
  })
  gate.resolve()
  await Promise.all([first, second])
  expect(events).toEqual(['a1 starts', 'b', 'a1 ends', 'a2'])
})

test('a failed task rejects for its caller and does not stop its successor', async () => {
  const queue = new KeyedQueue()
  const failed = queue.run('a', () => Promise.reject(new Error('broken')))
  const next = queue.run('a', () => Promise.resolve('fine'))
  await expect(failed).rejects.toThrow('broken')
  expect(await next).toBe('fine')
})

test('idle keys are forgotten', async () => {
  const queue = new KeyedQueue()
  await Promise.all(['a', 'b', 'a'].map((key) => queue.run(key, () => Promise.resolve())))
  await Promise.resolve()
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(queue.size).toBe(0)
})
