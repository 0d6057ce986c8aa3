import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../ui/callout.tsx'
import { LoginForm } from './login-form.tsx'
import { LookMenus } from './look-menus.tsx'
import { useOnline } from './use-online.ts'

/** The name this installation goes by; before the login only the page itself can tell. */
function appName(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content || 'Parley'
}

export function LoginPage() {
  const { t } = useTranslation('login')
  const { next } = useSearch({ from: '/login' })
  const online = useOnline()
  return (
    <div className="flex min-h-dvh flex-col overflow-y-auto bg-subtle pb-[env(safe-area-inset-bottom)]">
      <header className="flex justify-end p-2 pt-[calc(8px+env(safe-area-inset-top))]">
        <LookMenus />
      </header>
      <main className="flex flex-1 flex-col items-center justify-center px-5 pb-[12vh]">
        <div className="w-full max-w-90">
          <img src="/icon.svg" alt="" width={48} height={48} className="size-12" />
          <h1 className="mt-5 mb-6 text-heading font-semibold text-fg">{t('title', { name: appName() })}</h1>
          {online ? null : (
            <div role="status" className="mb-5">
              <Callout tone="warn" title={t('offlineTitle')}>
                {t('offlineText')}
              </Callout>
            </div>
          )}
          {online && next !== undefined ? <p className="mb-5 text-ui text-muted">{t('ended')}</p> : null}
          <LoginForm next={next} online={online} />
        </div>
      </main>
    </div>
  )
}
