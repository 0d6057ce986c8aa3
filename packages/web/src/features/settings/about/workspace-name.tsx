import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { queryKeys } from '../../../app/queries.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { Input } from '../../../ui/input.tsx'
import { toast } from '../../../ui/toast.tsx'
import { LeaveGuard } from '../leave-guard.tsx'
import { useSaveSettings } from '../use-save-settings.ts'

/** The name this installation goes by, for everybody. */
export function WorkspaceName({ name }: { name: string }) {
  const { t } = useTranslation(['settings', 'common'])
  const queryClient = useQueryClient()
  const errorText = useErrorText()
  const save = useSaveSettings()
  const [text, setText] = useState(name)
  const dirty = text.trim() !== name
  const empty = text.trim() === ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!dirty || empty) return
    save.mutate(() => ({ appName: text.trim() }), {
      onSuccess: () => {
        toast({ tone: 'success', message: t('about.nameSaved') })
        void queryClient.invalidateQueries({ queryKey: queryKeys.me })
      },
    })
  }
  const error = empty ? t('about.nameEmpty') : save.error ? errorText(save.error) : undefined
  return (
    <form onSubmit={submit} noValidate className="flex max-w-100 items-start gap-2">
      <Field label={t('about.name')} hint={t('about.nameHint')} error={error} className="min-w-0 flex-1">
        <Input value={text} maxLength={60} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Button type="submit" busy={save.isPending} disabled={!dirty || empty} className="mt-6">
        {t('common:save')}
      </Button>
      <LeaveGuard dirty={dirty && !save.isPending} />
    </form>
  )
}
