import type { Attachment } from '@parley/protocol/workspace'
import { Download, File, FileArchive, FileAudio, FileCode, FileText, FileVideo, type LucideIcon, X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../../i18n/format.ts'
import { Icon } from '../../../ui/icon.tsx'

/** Pictures and files of a message. */
export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const images = attachments.filter(isPicture)
  const files = attachments.filter((attachment) => !isPicture(attachment))
  return (
    <div className="mt-1.5 flex flex-col gap-2">
      {images.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {images.map((image) => (
            <Picture key={image.url} image={image} single={images.length === 1} />
          ))}
        </div>
      ) : null}
      {files.map((file) => (
        <FileCard key={file.url} file={file} />
      ))}
    </div>
  )
}

/** Vector pictures are documents that can carry scripts; they are offered as files. */
export function isPicture(attachment: Pick<Attachment, 'mime'>): boolean {
  return /^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(attachment.mime)
}

function Picture({ image, single }: { image: Attachment; single: boolean }) {
  const { t } = useTranslation('chat')
  const [open, setOpen] = useState(false)
  // The size is known before the picture is, so nothing jumps when it arrives.
  const size = fit(image, single ? 420 : 200, single ? 320 : 160)
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <button
          type="button"
          aria-label={t('attachment.open', { name: image.name })}
          className="block max-w-full overflow-hidden rounded-md bg-hover ring-1 ring-line ring-inset"
        >
          <img
            src={image.url}
            alt={image.name}
            loading="lazy"
            decoding="async"
            {...(size ? { width: size.width, height: size.height } : {})}
            className={size ? 'block h-auto max-w-full object-cover' : 'block max-h-80 max-w-full object-contain'}
          />
        </button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade-in bg-[oklch(0.12_0_0/0.92)]" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-0 z-50 flex flex-col outline-none"
          onClick={() => setOpen(false)}
        >
          <div className="flex items-center gap-2 p-3 text-[oklch(0.95_0_0)]">
            <Radix.Title className="min-w-0 flex-1 truncate px-2 text-ui">{image.name}</Radix.Title>
            <a
              href={image.url}
              download={image.name}
              onClick={(event) => event.stopPropagation()}
              aria-label={t('attachment.download', { name: image.name })}
              className="flex size-10 items-center justify-center rounded-md hover:bg-[oklch(1_0_0/0.12)]"
            >
              <Icon icon={Download} size={20} />
            </a>
            <Radix.Close
              aria-label={t('attachment.close')}
              className="flex size-10 items-center justify-center rounded-md hover:bg-[oklch(1_0_0/0.12)]"
            >
              <Icon icon={X} size={20} />
            </Radix.Close>
          </div>
          <div className="flex min-h-0 flex-1 items-center justify-center p-4 pt-0">
            <img
              src={image.url}
              alt={image.name}
              className="max-h-full max-w-full rounded-sm object-contain"
              onClick={(event) => event.stopPropagation()}
            />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function fit(image: Attachment, maxWidth: number, maxHeight: number): { width: number; height: number } | null {
  if (!image.width || !image.height) return null
  const scale = Math.min(1, maxWidth / image.width, maxHeight / image.height)
  return { width: Math.max(1, Math.round(image.width * scale)), height: Math.max(1, Math.round(image.height * scale)) }
}

export function FileCard({ file }: { file: Attachment }) {
  const { t } = useTranslation('chat')
  return (
    <a
      href={file.url}
      download={file.name}
      aria-label={t('attachment.download', { name: file.name })}
      className="group/file flex w-full max-w-90 items-center gap-3 rounded-md border border-line bg-canvas px-3 py-2 transition-colors hover:bg-hover"
    >
      <span className="flex size-9 shrink-0 items-center justify-center rounded-sm bg-active text-soft">
        <Icon icon={fileIcon(file)} size={18} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-ui font-medium">{file.name}</span>
        <span className="tabular block text-small text-muted">{formatBytes(file.size)}</span>
      </span>
      <Icon icon={Download} size={17} className="text-muted" />
    </a>
  )
}

export function fileIcon({ mime, name }: Pick<Attachment, 'mime' | 'name'>): LucideIcon {
  if (mime.startsWith('video/')) return FileVideo
  if (mime.startsWith('audio/')) return FileAudio
  if (/zip|tar|gzip|7z|rar/.test(mime)) return FileArchive
  if (/\.(js|ts|tsx|py|go|rs|java|c|cpp|h|css|html|json|ya?ml|sh|sql)$/i.test(name)) return FileCode
  if (mime.startsWith('text/') || mime === 'application/pdf' || /document|msword/.test(mime)) return FileText
  return File
}
