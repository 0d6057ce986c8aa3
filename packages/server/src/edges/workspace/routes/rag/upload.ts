import { ragUpload } from '@parley/protocol/workspace'
import { workspaceErrors } from '../../errors.ts'
import { type BoundRoute, implement } from '../../route-handler.ts'

/** Refused, never faked: this installation has no knowledge bases yet. */
export function ragUploadRoute(): BoundRoute {
  return implement(
    ragUpload,
    async () => {
      throw workspaceErrors.knowledge_unsupported()
    },
    { bodyType: 'multipart' },
  )
}
