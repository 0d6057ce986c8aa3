import { useTranslation } from 'react-i18next'
import { Callout } from '../../ui/callout.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'

/** An access key that is shown this once. */
export function AccessKey({ accessKey, name }: { accessKey: string; name: string }) {
  const { t } = useTranslation(['people', 'common'])
  return (
    <div className="flex flex-col gap-4">
      <Callout tone="warn" title={t('key.onceTitle')}>
        {t('key.onceText', { name })}
      </Callout>
      <div className="flex flex-wrap items-center gap-2">
        <code className="flex min-h-10 min-w-0 flex-1 basis-60 items-center rounded-md border border-line-strong bg-subtle px-3 py-2 font-mono text-ui break-all select-all">
          {accessKey}
        </code>
        <CopyButton
          look="form"
          text={() => accessKey}
          label={t('common:copy')}
          copiedLabel={t('common:copied')}
          failedLabel={t('key.copyFailed')}
        />
      </div>
      <p className="text-meta text-muted">{t('key.howTo', { address: location.origin })}</p>
    </div>
  )
}
