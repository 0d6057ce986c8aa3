import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { AccessKey } from './access-key.tsx'

interface KeyDialogProps {
  title: string
  name: string
  accessKey: string
  onDone: () => void
}

/** Shows a new access key. A stray click must not lose it, so closing in any way but the button asks first. */
export function KeyDialog({ title, name, accessKey, onDone }: KeyDialogProps) {
  const { t } = useTranslation(['people', 'common'])
  const [asking, setAsking] = useState(false)
  return (
    <Dialog
      open
      title={title}
      onOpenChange={(open) => {
        if (!open) setAsking(true)
      }}
      footer={
        <Button variant="primary" onClick={onDone}>
          {t('key.passedOn')}
        </Button>
      }
    >
      <AccessKey accessKey={accessKey} name={name} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('key.closeTitle')}
        description={t('key.closeText')}
        confirmLabel={t('common:close')}
        onConfirm={onDone}
      />
    </Dialog>
  )
}
