import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { queryKeys } from '../../app/queries.ts'
import { useApi } from '../../app/sync-context.tsx'
import { ApiError } from '../../sync/api/error.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { PERSON_NAME_LIMIT, personNameProblem } from './person-name.ts'
import { type GrantableRole, RoleSelect } from './role-select.tsx'

/** Adds a person, then shows the key they log in with. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['people', 'common'])
  const formId = useId()
  const api = useApi()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const [name, setName] = useState('')
  const [role, setRole] = useState<GrantableRole>('member')
  const [tried, setTried] = useState(false)
  const add = useMutation({
    mutationFn: () => api.call('createUser', { body: { name: name.trim(), role } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.people }),
  })
  if (add.data) {
    const { user, accessKey } = add.data
    const done = (): void => {
      onClose()
      void navigate({ to: '/people/$personId', params: { personId: user.id } })
    }
    return <KeyDialog title={t('add.done', { name: user.name })} name={user.name} accessKey={accessKey} onDone={done} />
  }
  const wrong = personNameProblem(name)
  const taken = add.error instanceof ApiError && add.error.code === 'name_taken'
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (wrong === null && !add.isPending) add.mutate()
  }
  const nameError = taken
    ? t('profile.nameTaken')
    : wrong === 'signs'
      ? t('profile.nameSigns')
      : tried && wrong === 'empty'
        ? t('profile.nameEmpty')
        : undefined
  return (
    <Dialog
      open
      title={t('add.title')}
      description={t('add.text')}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={add.isPending}>
            {t('add.submit')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-5">
        {add.error && !taken ? (
          <div role="alert">
            <Callout tone="danger">{errorText(add.error)}</Callout>
          </div>
        ) : null}
        <Field label={t('profile.name')} error={nameError}>
          <Input
            value={name}
            maxLength={PERSON_NAME_LIMIT}
            autoComplete="off"
            onChange={(event) => {
              add.reset()
              setName(event.target.value)
            }}
          />
        </Field>
        <Field label={t('role')} hint={t('add.roleHint')}>
          <RoleSelect value={role} onChange={setRole} />
        </Field>
      </form>
    </Dialog>
  )
}
