import { CircleAlert, RotateCw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { formatBytes } from '../../i18n/format.ts'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/icon.tsx'
import { Progress } from '../../ui/progress.tsx'
import { fileIcon } from '../conversation/message/attachments.tsx'
import type { Upload } from './use-uploads.ts'

/** The files of the message being written, with thumbnails and progress. */
export function UploadTray({
  uploads,
  onRemove,
  onRetry,
}: {
  uploads: readonly Upload[]
  onRemove: (id: string) => void
  onRetry: (id: string) => void
}) {
  const { t } = useTranslation('composer')
  if (uploads.length === 0) return null
  return (
    <ul aria-label={t('attachments')} className="flex gap-2 overflow-x-auto px-3 pt-3">
      {uploads.map((upload) => (
        <UploadCard
          key={upload.id}
          upload={upload}
          onRemove={() => onRemove(upload.id)}
          onRetry={() => onRetry(upload.id)}
        />
      ))}
    </ul>
  )
}

function UploadCard({ upload, onRemove, onRetry }: { upload: Upload; onRemove: () => void; onRetry: () => void }) {
  const { t } = useTranslation('composer')
  const errorText = useErrorText()
  const failed = upload.state === 'failed'
  return (
    <li
      className={cx(
        'relative flex w-52 shrink-0 items-center gap-2.5 rounded-md border p-1.5 pr-2',
        failed ? 'border-danger bg-danger-ground' : 'border-line bg-subtle',
      )}
    >
      <span className="flex size-11 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-active text-soft">
        {upload.preview ? (
          <img src={upload.preview} alt="" className="size-full object-cover" />
        ) : (
          <Icon icon={failed ? CircleAlert : fileIcon(upload)} size={20} />
        )}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-meta font-medium" title={upload.name}>
          {upload.name}
        </span>
        {upload.state === 'uploading' ? (
          <span className="mt-1.5 block">
            <Progress value={upload.progress} label={t('uploading', { name: upload.name })} />
          </span>
        ) : (
          <span
            className={cx('tabular block truncate text-small', failed ? 'text-danger' : 'text-muted')}
            title={failed ? errorText(upload.failure) : undefined}
          >
            {failed ? t('uploadFailed') : formatBytes(upload.size)}
          </span>
        )}
      </span>
      {failed ? (
        <button
          type="button"
          aria-label={t('uploadRetry', { name: upload.name })}
          onClick={onRetry}
          className="touch-target flex size-6 shrink-0 items-center justify-center rounded-sm text-danger hover:bg-active"
        >
          <Icon icon={RotateCw} size={15} />
        </button>
      ) : null}
      <button
        type="button"
        aria-label={t('removeFile', { name: upload.name })}
        onClick={onRemove}
        className="touch-target flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-active hover:text-fg"
      >
        <Icon icon={X} size={15} />
      </button>
    </li>
  )
}
