import { AlertDialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { useFocusReturn } from './use-focus-return.ts'

export interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** Names what will be lost. */
  description: ReactNode
  /** Verb of the action, e.g. “Delete group”. */
  confirmLabel: string
  tone?: 'danger' | 'primary'
  /** The dialog stays open and busy until the promise settles; a rejection keeps it open (report the error yourself). */
  onConfirm: () => Promise<void> | void
}

/** Asks before something that cannot be taken back. Focus starts on Cancel. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  tone = 'danger',
  onConfirm,
}: ConfirmDialogProps) {
  const { t } = useTranslation('common')
  const [busy, setBusy] = useState(false)
  const { remember, onCloseAutoFocus } = useFocusReturn()
  const confirm = async (): Promise<void> => {
    setBusy(true)
    try {
      await onConfirm()
      onOpenChange(false)
    } catch {
      // The caller has shown the error; the dialog stays for another try.
    } finally {
      setBusy(false)
    }
  }
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 flex animate-fade-in items-center justify-center bg-scrim p-4">
          <Radix.Content
            onOpenAutoFocus={remember}
            onCloseAutoFocus={onCloseAutoFocus}
            className="w-full max-w-105 animate-rise-in rounded-lg bg-canvas p-5 shadow-float outline-none"
          >
            <Radix.Title className="text-title font-semibold text-fg">{title}</Radix.Title>
            <Radix.Description className="mt-2 text-ui text-soft">{description}</Radix.Description>
            <div className="mt-5 flex flex-wrap justify-end gap-2">
              <Radix.Cancel asChild>
                <Button>{t('cancel')}</Button>
              </Radix.Cancel>
              <Button variant={tone} busy={busy} onClick={() => void confirm()}>
                {confirmLabel}
              </Button>
            </div>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  )
}
