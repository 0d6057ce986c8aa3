/** File upload with progress: XMLHttpRequest, because fetch cannot tell how much has been sent. */
import type { Attachment } from '@parley/protocol/workspace'
import { ApiError } from './error.ts'

export interface UploadOptions {
  /** Sent share, 0 to 1. */
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

/** Uploads one file to POST /api/upload. Throws {@link ApiError}. */
export function uploadFile(file: File, options: UploadOptions = {}): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/upload')
    request.responseType = 'json'
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total)
    }
    request.onload = () => {
      const reply = request.response as (Attachment & { error?: string; code?: string }) | null
      if (request.status === 200 && reply) resolve(reply)
      else
        reject(
          new ApiError(request.status, reply?.code ?? `http_${request.status}`, reply?.error ?? request.statusText),
        )
    }
    request.onerror = () => reject(new ApiError(0, 'unreachable', 'The server cannot be reached.'))
    request.onabort = () => reject(options.signal?.reason ?? new DOMException('Aborted', 'AbortError'))
    options.signal?.addEventListener('abort', () => request.abort(), { once: true })
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}
