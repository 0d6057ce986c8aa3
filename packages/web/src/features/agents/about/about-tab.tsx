import type { AgentDetail } from '@parley/protocol/workspace'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { formatDateTime } from '../../../i18n/format.ts'
import { ApiError } from '../../../sync/api/error.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { Field } from '../../../ui/field.tsx'
import { Input } from '../../../ui/input.tsx'
import { Textarea } from '../../../ui/textarea.tsx'
import { toast } from '../../../ui/toast.tsx'
import { AvatarPicker } from '../../people/avatar/avatar-picker.tsx'
import { DESCRIPTION_LIMIT, NAME_LIMIT, nameProblem } from './about-fields.ts'
import { AliasField } from './alias-field.tsx'
import { DangerZone } from './danger-zone.tsx'
import type { AboutDraft } from './use-about-draft.ts'

/** Who the agent is. Saved with a button, because a changed name changes what people have to type. */
export function AboutTab({ agent, draft, readOnly }: { agent: AgentDetail; draft: AboutDraft; readOnly: boolean }) {
  const { t } = useTranslation(['agents', 'common'])
  const errorText = useErrorText()
  const [problem, setProblem] = useState<unknown>(null)
  const { fields, edit } = draft
  const taken = problem instanceof ApiError && problem.code === 'name_taken'
  const wrongName = nameProblem(fields.name)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (wrongName !== null || !draft.dirty) return
    setProblem(null)
    try {
      await draft.save()
      toast({ tone: 'success', message: t('about.saved') })
    } catch (error) {
      setProblem(error)
    }
  }
  const nameError = taken
    ? t('about.nameTaken')
    : wrongName === 'empty'
      ? t('about.nameEmpty')
      : wrongName === 'signs'
        ? t('about.nameSigns')
        : undefined
  return (
    <div className="flex max-w-140 flex-col gap-8">
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-5">
        <fieldset disabled={readOnly} className="flex flex-col gap-5">
          <AvatarPicker
            id={agent.id}
            name={fields.name}
            avatar={fields.avatar}
            kind="agent"
            onChange={(avatar) => edit({ avatar })}
          />
          <Field label={t('about.name')} hint={t('about.nameHint')} error={nameError}>
            <Input
              value={fields.name}
              maxLength={NAME_LIMIT}
              onChange={(event) => {
                setProblem(null)
                edit({ name: event.target.value })
              }}
            />
          </Field>
          <Field label={t('about.aliases')} hint={t('about.aliasesHint')}>
            <AliasField
              aliases={fields.aliases}
              name={fields.name}
              disabled={readOnly}
              onChange={(aliases) => edit({ aliases })}
            />
          </Field>
          <Field label={t('about.description')} hint={t('about.descriptionHint')}>
            <Textarea
              rows={3}
              value={fields.description}
              maxLength={DESCRIPTION_LIMIT}
              onChange={(event) => edit({ description: event.target.value })}
            />
          </Field>
        </fieldset>
        {problem !== null && !taken ? (
          <div role="alert">
            <Callout tone="danger">{errorText(problem)}</Callout>
          </div>
        ) : null}
        {readOnly ? null : (
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" busy={draft.saving} disabled={!draft.dirty || wrongName !== null}>
              {t('common:save')}
            </Button>
            {draft.dirty ? (
              <Button variant="quiet" disabled={draft.saving} onClick={() => draft.discard()}>
                {t('persona.discard')}
              </Button>
            ) : null}
          </div>
        )}
      </form>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-meta text-muted">
        <dt>{t('about.id')}</dt>
        <dd className="font-mono break-all select-all">{agent.id}</dd>
        <dt>{t('about.created')}</dt>
        <dd>{formatDateTime(agent.createdAt)}</dd>
      </dl>
      {readOnly ? null : <DangerZone agent={agent} />}
    </div>
  )
}
