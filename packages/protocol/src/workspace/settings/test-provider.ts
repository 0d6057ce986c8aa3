import { z } from 'zod'
import { failureClassSchema } from '../../shared/answer.ts'
import { defineRoute } from '../../shared/route.ts'
import { modelSchema, providerInputSchema } from '../model/settings.ts'

/** POST /api/settings/providers/test: asks the model server for its models, without storing anything. A stored key is used when `apiKey` is absent. */
export const testProvider = defineRoute({
  method: 'POST',
  path: '/api/settings/providers/test',
  summary: 'Test a model provider and list its models',
  tag: 'settings',
  access: 'admin',
  extension: true,
  body: providerInputSchema.omit({ models: true, name: true }),
  reply: z.object({
    ok: z.boolean(),
    models: z.array(modelSchema),
    /** Milliseconds until the server answered. */
    latencyMs: z.number().nonnegative(),
    failure: z.object({ class: failureClassSchema, message: z.string() }).optional(),
  }),
  failures: [400, 401, 403],
})
