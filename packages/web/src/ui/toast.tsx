import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { createStore, useStore } from 'zustand'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'

export interface ToastOptions {
  tone?: 'plain' | 'success' | 'danger'
  message: string
  /** One thing to do about it, e.g. Undo. */
  action?: { label: string; onSelect: () => void }
  /** Milliseconds; default 5000, 10000 with an action. */
  duration?: number
}

interface ToastItem extends ToastOptions {
  id: number
}

const store = createStore<{ items: readonly ToastItem[]; next: number }>(() => ({ items: [], next: 1 }))

/** Shows a short message at the bottom. Equal messages already on screen are not repeated. */
export function toast(options: ToastOptions): void {
  store.setState((state) => {
    if (state.items.some((item) => item.message === options.message && !options.action)) return state
    return { items: [...state.items.slice(-2), { ...options, id: state.next }], next: state.next + 1 }
  })
}

const dismiss = (id: number): void =>
  store.setState((state) => ({ items: state.items.filter((item) => item.id !== id) }))

/** Draws the toasts; mounted once by the app. */
export function Toaster() {
  const { t } = useTranslation('common')
  const items = useStore(store, (state) => state.items)
  return (
    <Radix.Provider label={t('notification')} swipeDirection="down">
      {items.map((item) => (
        <Radix.Root
          key={item.id}
          duration={item.duration ?? (item.action ? 10_000 : 5_000)}
          onOpenChange={(open) => {
            if (!open) dismiss(item.id)
          }}
          className="flex min-h-11 w-full animate-rise-in items-center gap-2.5 rounded-md bg-canvas py-1.5 pr-1.5 pl-3.5 text-ui text-fg shadow-float"
        >
          {item.tone === 'danger' ? <Icon icon={CircleAlert} className="text-danger" /> : null}
          {item.tone === 'success' ? <Icon icon={CircleCheck} className="text-success" /> : null}
          <Radix.Description className="min-w-0 flex-1 py-1 break-words">{item.message}</Radix.Description>
          {item.action ? (
            <Radix.Action
              altText={item.action.label}
              onClick={item.action.onSelect}
              className="h-8 shrink-0 rounded-sm px-2.5 font-medium text-accent-text transition-colors hover:bg-accent-ground pointer-coarse:h-10"
            >
              {item.action.label}
            </Radix.Action>
          ) : null}
          <Radix.Close asChild>
            <IconButton icon={X} size="sm" label={t('close')} />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className="fixed inset-x-4 bottom-[calc(76px+env(safe-area-inset-bottom))] z-60 mx-auto flex max-w-105 flex-col gap-2 outline-none md:bottom-6" />
    </Radix.Provider>
  )
}
