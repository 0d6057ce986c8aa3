import type { MultipartFile } from '@fastify/multipart'
import type { Uploads } from '@parley/core'
import { upload } from '@parley/protocol/workspace'
import type { FastifyRequest } from 'fastify'
import { workspaceErrors } from '../../errors.ts'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { detectFile } from '../../uploads/detect.ts'
import { MAX_UPLOAD_MIB } from '../../uploads/limits.ts'
import type { UploadGate } from '../../uploads/upload-gate.ts'

export function uploadRoute(uploads: Uploads, gate: UploadGate): BoundRoute {
  return implement(
    upload,
    async ({ caller, http }) => {
      const leave = gate.enter(caller.userId)
      try {
        const { name, bytes } = await receive(http.request)
        return await uploads.save(caller, { name, bytes, ...(await detectFile(bytes, name)) })
      } finally {
        leave()
      }
    },
    { bodyType: 'multipart' },
  )
}

async function receive(request: FastifyRequest): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const part = await filePart(request)
  const bytes = await part.toBuffer().catch((cause: unknown) => {
    throw workspaceErrors.upload_interrupted({ cause })
  })
  if (part.file.truncated) throw workspaceErrors.upload_too_large({ details: { limit: MAX_UPLOAD_MIB } })
  return { name: part.filename, bytes }
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
