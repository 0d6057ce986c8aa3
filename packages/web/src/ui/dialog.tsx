import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './classes.ts'
import { IconButton } from './icon-button.tsx'
import { useFocusReturn } from './use-focus-return.ts'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** Read with the title; leave out when the content explains itself. */
  description?: ReactNode
  children: ReactNode
  /** Buttons, right-aligned, the confirming one last. */
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg'
}

const widths = { sm: 'md:max-w-100', md: 'md:max-w-130', lg: 'md:max-w-190' } as const

/** A modal dialog: centred from 820 px, a sheet from the bottom edge below. Traps focus and gives it back. */
export function Dialog({ open, onOpenChange, title, description, children, footer, size = 'md' }: DialogProps) {
  const { t } = useTranslation('common')
  const { remember, onCloseAutoFocus } = useFocusReturn()
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 flex animate-fade-in items-end justify-center bg-scrim md:items-center md:p-6">
          <Radix.Content
            {...(description ? {} : { 'aria-describedby': undefined })}
            onOpenAutoFocus={(event) => {
              remember()
              focusFirstField(event)
            }}
            onCloseAutoFocus={onCloseAutoFocus}
            tabIndex={-1}
            className={cx(
              'flex max-h-[92dvh] w-full animate-rise-in flex-col rounded-t-lg bg-canvas pb-[env(safe-area-inset-bottom)] shadow-float outline-none md:max-h-[min(85dvh,820px)] md:rounded-lg md:pb-0',
              widths[size],
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-4 pb-2">
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-title font-semibold text-fg">{title}</Radix.Title>
                {description ? (
                  <Radix.Description className="mt-1 text-ui text-muted">{description}</Radix.Description>
                ) : null}
              </div>
              <Radix.Close asChild>
                <IconButton icon={X} label={t('close')} className="-mt-1 -mr-2" />
              </Radix.Close>
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
            {footer ? (
              <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
            ) : null}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Focus starts in the first field, or on the dialog itself; a close button in focus would say nothing. */
function focusFirstField(event: Event): void {
  const dialog = event.currentTarget
  if (!(dialog instanceof HTMLElement)) return
  event.preventDefault()
  // On a phone the keyboard would cover what somebody has not read yet.
  const field = matchMedia('(pointer: fine)').matches
    ? dialog.querySelector<HTMLElement>('input:not([type="hidden"]):not([type="file"]), textarea')
    : null
  const target = field ?? dialog
  target.focus()
}
