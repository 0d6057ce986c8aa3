import type { MultipartFile } from '@fastify/multipart'
import type { Uploads } from '@parley/core'
import { upload } from '@parley/protocol/workspace'
import type { FastifyRequest } from 'fastify'
import { workspaceErrors } from '../../errors.ts'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { detectFile } from '../../uploads/detect.ts'
import { MAX_UPLOAD_MIB } from '../../uploads/limits.ts'

export function uploadRoute(uploads: Uploads): BoundRoute {
  return implement(
    upload,
    async ({ caller, http }) => {
      const part = await filePart(http.request)
      const bytes = await part.toBuffer().catch((cause: unknown) => {
        throw workspaceErrors.upload_interrupted({ cause })
      })
      if (part.file.truncated) throw workspaceErrors.upload_too_large({ details: { limit: MAX_UPLOAD_MIB } })
      return uploads.save(caller, { name: part.filename, bytes, ...(await detectFile(bytes, part.filename)) })
    },
    { bodyType: 'multipart' },
  )
}

async function filePart(request: FastifyRequest): Promise<MultipartFile> {
  if (!request.isMultipart()) throw workspaceErrors.upload_missing()
  let part: MultipartFile | undefined
  try {
    part = await request.file()
  } catch (cause) {
    throw workspaceErrors.upload_interrupted({ cause })
  }
  if (part === undefined || part.fieldname !== 'file') throw workspaceErrors.upload_missing()
  return part
}
