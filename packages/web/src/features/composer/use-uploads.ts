import type { Attachment } from '@parley/protocol/workspace'
import { useCallback, useEffect, useRef, useState } from 'react'
import { uploadFile } from '../../sync/api/upload.ts'

export interface Upload {
  readonly id: string
  readonly name: string
  readonly mime: string
  readonly size: number
  /** Picture to show, from the local file or the stored one. */
  readonly preview: string | null
  readonly state: 'uploading' | 'done' | 'failed'
  /** Sent share, 0 to 1. */
  readonly progress: number
  readonly failure: unknown
  readonly attachment: Attachment | null
}

/** Files of one message; the same limit as the server's. */
export const MAX_FILES = 20

interface Running {
  readonly file: File
  readonly abort: AbortController
}

/** The files attached to the message being written. They are uploaded at once, so that sending is instant. */
export function useUploads(initial: readonly Attachment[]) {
  const [uploads, setUploads] = useState<readonly Upload[]>(() => initial.map(fromAttachment))
  const running = useRef(new Map<string, Running>())

  const edit = useCallback((id: string, change: Partial<Upload>) => {
    setUploads((list) => list.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)))
  }, [])

  const begin = useCallback(
    async (id: string, file: File) => {
      const abort = new AbortController()
      running.current.set(id, { file, abort })
      edit(id, { state: 'uploading', progress: 0, failure: null })
      try {
        const attachment = await uploadFile(file, {
          signal: abort.signal,
          onProgress: (progress) => edit(id, { progress }),
        })
        edit(id, { state: 'done', progress: 1, attachment })
      } catch (failure) {
        if (!abort.signal.aborted) edit(id, { state: 'failed', failure })
      }
    },
    [edit],
  )

  const add = useCallback(
    (files: readonly File[]) => {
      const added = files.map((file) => ({ file, upload: fromFile(file) }))
      setUploads((list) => [...list, ...added.map(({ upload }) => upload)])
      for (const { file, upload } of added) void begin(upload.id, file)
    },
    [begin],
  )

  const retry = useCallback(
    (id: string) => {
      const known = running.current.get(id)
      if (known) void begin(id, known.file)
    },
    [begin],
  )

  const remove = useCallback((id: string) => {
    running.current.get(id)?.abort.abort()
    running.current.delete(id)
    setUploads((list) => {
      release(list.filter((upload) => upload.id === id))
      return list.filter((upload) => upload.id !== id)
    })
  }, [])

  const clear = useCallback(() => {
    running.current.clear()
    setUploads((list) => {
      release(list)
      return []
    })
  }, [])

  useEffect(() => {
    const map = running.current
    return () => {
      for (const { abort } of map.values()) abort.abort()
    }
  }, [])

  return { uploads, add, retry, remove, clear }
}

function fromFile(file: File): Upload {
  const picture = /^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(file.type)
  return {
    id: crypto.randomUUID(),
    name: file.name,
    mime: file.type,
    size: file.size,
    preview: picture ? URL.createObjectURL(file) : null,
    state: 'uploading',
    progress: 0,
    failure: null,
    attachment: null,
  }
}

function fromAttachment(attachment: Attachment): Upload {
  return {
    id: attachment.url,
    name: attachment.name,
    mime: attachment.mime,
    size: attachment.size,
    preview: attachment.mime.startsWith('image/') ? attachment.url : null,
    state: 'done',
    progress: 1,
    failure: null,
    attachment,
  }
}

function release(uploads: readonly Upload[]): void {
  for (const { preview } of uploads) if (preview?.startsWith('blob:')) URL.revokeObjectURL(preview)
}
