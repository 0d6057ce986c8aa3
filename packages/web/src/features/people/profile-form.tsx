import type { Person } from '@parley/protocol/workspace'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { ApiError } from '../../sync/api/error.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { toast } from '../../ui/toast.tsx'
import { LeaveGuard } from '../settings/leave-guard.tsx'
import { AvatarPicker } from './avatar/avatar-picker.tsx'
import { PERSON_NAME_LIMIT, personNameProblem } from './person-name.ts'
import { useChangePerson } from './use-change-person.ts'

/** Name and avatar of oneself, or of another person for the owner. */
export function ProfileForm({ person, isMe }: { person: Person; isMe: boolean }) {
  const { t } = useTranslation(['people', 'common'])
  const change = useChangePerson(person.id)
  const errorText = useErrorText()
  const [edits, setEdits] = useState<{ name?: string; avatar?: string }>({})
  const name = edits.name ?? person.name
  const avatar = edits.avatar ?? person.avatar
  const wrong = personNameProblem(name)
  const taken = change.error instanceof ApiError && change.error.code === 'name_taken'
  const dirty = name.trim() !== person.name || avatar !== person.avatar
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!dirty || wrong !== null) return
    change.mutate(
      {
        ...(name.trim() === person.name ? {} : { name: name.trim() }),
        ...(avatar === person.avatar ? {} : { avatar }),
      },
      {
        onSuccess: () => {
          setEdits({})
          toast({ tone: 'success', message: t('profile.saved') })
        },
      },
    )
  }
  const nameError = taken
    ? t('profile.nameTaken')
    : wrong === 'empty'
      ? t('profile.nameEmpty')
      : wrong === 'signs'
        ? t('profile.nameSigns')
        : undefined
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <AvatarPicker
        id={person.id}
        name={name}
        avatar={avatar}
        kind="person"
        onChange={(next) => setEdits((now) => ({ ...now, avatar: next }))}
      />
      <Field label={t('profile.name')} hint={isMe ? t('profile.nameHint') : undefined} error={nameError}>
        <Input
          value={name}
          maxLength={PERSON_NAME_LIMIT}
          autoComplete="nickname"
          onChange={(event) => {
            change.reset()
            setEdits((now) => ({ ...now, name: event.target.value }))
          }}
        />
      </Field>
      {change.error && !taken ? (
        <div role="alert">
          <Callout tone="danger">{errorText(change.error)}</Callout>
        </div>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={change.isPending} disabled={!dirty || wrong !== null}>
          {t('common:save')}
        </Button>
        {dirty ? (
          <Button variant="quiet" disabled={change.isPending} onClick={() => setEdits({})}>
            {t('profile.discard')}
          </Button>
        ) : null}
      </div>
      <LeaveGuard dirty={dirty && !change.isPending} />
    </form>
  )
}
