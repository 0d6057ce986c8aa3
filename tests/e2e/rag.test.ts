import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley({ model: false })

describe('WS-1.2#15 and #16 knowledge', () => {
  test('WS-1.2#15 a feature that is not there yet is refused plainly, never faked', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Librarian'))
    const form = new FormData()
    form.set('file', new File(['some text'], 'a.txt', { type: 'text/plain' }))
    form.set('agentId', agent.id)
    const upload = await parley().owner.request('POST', '/api/rag/upload', { rawBody: form })
    const query = await parley().owner.request('POST', '/api/rag/query', {
      body: { agentId: agent.id, query: 'text', topK: 5 },
    })
    for (const reply of [upload, query]) {
      expect([200, 501]).toContain(reply.status)
      if (reply.status === 501) expect(reply.json).toMatchObject({ error: expect.stringMatching(/\S/) })
    }
    if (query.status === 200) expect(JSON.stringify(query.json)).toContain('some text')
  })
})
