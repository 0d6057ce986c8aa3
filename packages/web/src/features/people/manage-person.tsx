import type { Person } from '@parley/protocol/workspace'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { KeyRound, UserMinus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { queryKeys } from '../../app/queries.ts'
import { useApi } from '../../app/sync-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { type GrantableRole, RoleSelect } from './role-select.tsx'
import { useChangePerson } from './use-change-person.ts'

/** What the owner can do about somebody: role, new key, removal. */
export function ManagePerson({ person }: { person: Person }) {
  const { t } = useTranslation('people')
  const errorText = useErrorText()
  const change = useChangePerson(person.id)
  if (person.role === 'owner') return null
  return (
    <section aria-label={t('manage.title')} className="flex flex-col gap-6 border-t border-line pt-6">
      <Field label={t('role')} hint={t('manage.roleHint')} className="max-w-80">
        <RoleSelect
          value={(change.isPending ? change.variables.role : undefined) ?? (person.role as GrantableRole)}
          disabled={change.isPending}
          onChange={(role) =>
            change.mutate(
              { role },
              {
                onSuccess: () => toast({ tone: 'success', message: t('manage.roleChanged', { name: person.name }) }),
                onError: (error) => toast({ tone: 'danger', message: errorText(error) }),
              },
            )
          }
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <RenewKey person={person} />
        <RemovePerson person={person} />
      </div>
    </section>
  )
}

function RenewKey({ person }: { person: Person }) {
  const { t } = useTranslation('people')
  const api = useApi()
  const errorText = useErrorText()
  const [asking, setAsking] = useState(false)
  const renew = useMutation({ mutationFn: () => api.call('renewAccessKey', { params: { id: person.id } }) })
  return (
    <>
      <Button icon={KeyRound} onClick={() => setAsking(true)}>
        {t('renew.action')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        tone="primary"
        title={t('renew.title', { name: person.name })}
        description={t('renew.text')}
        confirmLabel={t('renew.confirm')}
        onConfirm={async () => {
          try {
            await renew.mutateAsync()
          } catch (error) {
            toast({ tone: 'danger', message: errorText(error) })
            throw error
          }
        }}
      />
      {renew.data && !asking ? (
        <KeyDialog
          title={t('renew.done', { name: person.name })}
          name={person.name}
          accessKey={renew.data.accessKey}
          onDone={() => renew.reset()}
        />
      ) : null}
    </>
  )
}

function RemovePerson({ person }: { person: Person }) {
  const { t } = useTranslation('people')
  const api = useApi()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const [asking, setAsking] = useState(false)
  const remove = async (): Promise<void> => {
    try {
      await api.call('deleteUser', { params: { id: person.id } })
    } catch (error) {
      toast({ tone: 'danger', message: errorText(error) })
      throw error
    }
    await navigate({ to: '/people', ignoreBlocker: true })
    await queryClient.invalidateQueries({ queryKey: queryKeys.people })
    toast({ message: t('remove.done', { name: person.name }) })
  }
  return (
    <>
      <Button variant="danger-quiet" icon={UserMinus} onClick={() => setAsking(true)}>
        {t('remove.action')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('remove.title', { name: person.name })}
        description={
          <>
            <span className="block">{t('remove.loses')}</span>
            <span className="mt-1 block">{t('remove.keeps')}</span>
          </>
        }
        confirmLabel={t('remove.confirm')}
        onConfirm={remove}
      />
    </>
  )
}
