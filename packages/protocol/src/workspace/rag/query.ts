import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** POST /api/rag/query (spec/workspace §1.2 #16). */
export const ragQuery = defineRoute({
  method: 'POST',
  path: '/api/rag/query',
  summary: 'Search an agent’s knowledge',
  tag: 'rag',
  access: 'member',
  reply: z.object({ results: z.array(z.object({ text: z.string(), source: z.string(), score: z.number() })) }),
  failures: [400, 401, 404, 501],
})
