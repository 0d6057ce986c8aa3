import { defineRoute } from '../../shared/route.ts'
import { settingsSchema } from '../model/settings.ts'

/** GET /api/settings (spec/workspace §1.2 #13). */
export const getSettings = defineRoute({
  method: 'GET',
  path: '/api/settings',
  summary: 'Workspace settings',
  tag: 'settings',
  access: 'member',
  reply: settingsSchema,
  failures: [401, 403],
})
