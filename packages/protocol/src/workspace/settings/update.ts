import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { providerInputSchema } from '../model/settings.ts'

/** PUT /api/settings (spec/workspace §1.2 #14): partial; a given `providers` list replaces the stored one. */
export const updateSettings = defineRoute({
  method: 'PUT',
  path: '/api/settings',
  summary: 'Change settings',
  tag: 'settings',
  access: 'admin',
  body: z
    .object({
      appName: z.string().trim().min(1).max(60),
      defaultModel: z.string().max(200),
      fallbackModels: z.array(z.string().max(200)).max(10),
      providers: z.array(providerInputSchema).max(50),
    })
    .partial(),
  reply: z.object({ ok: z.literal(true) }),
  failures: [400, 401, 403],
})
