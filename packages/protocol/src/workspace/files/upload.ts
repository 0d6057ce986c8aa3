import { defineRoute } from '../../shared/route.ts'
import { attachmentSchema } from '../model/message.ts'

/** POST /api/upload (spec/workspace §1.2 #17): multipart field `file`; `url` is `/uploads/<YYYY-MM>/<base>-<random>.<ext>`. */
export const upload = defineRoute({
  method: 'POST',
  path: '/api/upload',
  summary: 'Upload a file',
  tag: 'files',
  access: 'member',
  reply: attachmentSchema,
  failures: [400, 401, 403, 413, 429],
})
