import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { useApi } from '../../app/sync-context.tsx'
import { ApiError } from '../../sync/api/error.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { KeyField } from './key-field.tsx'
import { nextPlace } from './next-place.ts'
import { useCountdown } from './use-countdown.ts'

/** Seconds to wait when the server limits attempts without saying how long. */
const DEFAULT_WAIT = 30

export function LoginForm({ next, online }: { next: string | undefined; online: boolean }) {
  const { t } = useTranslation('login')
  const api = useApi()
  const queryClient = useQueryClient()
  const router = useRouter()
  const errorText = useErrorText()
  const field = useRef<HTMLInputElement>(null)
  const [key, setKey] = useState('')
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const wait = useCountdown()

  useEffect(() => field.current?.focus(), [])

  const report = (error: unknown): void => {
    if (error instanceof ApiError && error.status === 401) setProblem(t('wrong'))
    else if (error instanceof ApiError && error.status === 429) wait.start(error.retryAfter ?? DEFAULT_WAIT)
    else setProblem(errorText(error))
    field.current?.select()
    field.current?.focus()
  }

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy || wait.left > 0) return
    if (key.trim() === '') {
      setProblem(t('empty'))
      field.current?.focus()
      return
    }
    setBusy(true)
    setProblem('')
    try {
      await api.call('login', { body: { password: key.trim() } })
      queryClient.clear()
      router.history.replace(nextPlace(next))
    } catch (error) {
      setBusy(false)
      report(error)
    }
  }

  const error = wait.left > 0 ? t('limited', { count: wait.left }) : problem
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {/* Password managers file an entry under a user name. */}
      <input type="text" name="username" autoComplete="username" value="parley" readOnly hidden />
      <Field label={t('keyLabel')} hint={t('keyHint')} {...(error === '' ? {} : { error })}>
        <KeyField
          ref={field}
          value={key}
          readOnly={busy}
          onChange={(value) => {
            setKey(value)
            setProblem('')
          }}
        />
      </Field>
      <Button type="submit" variant="primary" busy={busy} disabled={!online || wait.left > 0} className="h-11">
        {t('submit')}
      </Button>
    </form>
  )
}
