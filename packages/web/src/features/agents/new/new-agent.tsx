import type { Agent } from '@parley/protocol/workspace'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { PaneHeader } from '../../../app/pane-header.tsx'
import { queryKeys, useCan, useSettings } from '../../../app/queries.ts'
import { useApi } from '../../../app/sync-context.tsx'
import { ApiError } from '../../../sync/api/error.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { Field } from '../../../ui/field.tsx'
import { Input } from '../../../ui/input.tsx'
import { Textarea } from '../../../ui/textarea.tsx'
import { AvatarPicker } from '../../people/avatar/avatar-picker.tsx'
import { LeaveGuard } from '../../settings/leave-guard.tsx'
import { DESCRIPTION_LIMIT, NAME_LIMIT, nameProblem } from '../about/about-fields.ts'
import { ModelPicker } from '../model/model-picker.tsx'
import { SOUL_LIMIT } from '../persona/soul-limit.ts'
import { StartingPoints } from './starting-points.tsx'
import { type AgentTemplate, loadTemplates } from './templates/template.ts'

interface Draft {
  readonly template: AgentTemplate['id'] | 'blank'
  readonly name: string
  readonly avatar: string
  readonly description: string
  readonly soul: string
  readonly model: string
  readonly tools: readonly string[]
}

const blank: Draft = { template: 'blank', name: '', avatar: '🤖', description: '', soul: '', model: '', tools: [] }

/** Makes an agent from a starting point. */
export function NewAgent() {
  const { t, i18n } = useTranslation(['agents', 'common'])
  const mayCreate = useCan('admin')
  const templates = useQuery({
    queryKey: ['agent-templates', i18n.language],
    queryFn: () => loadTemplates(i18n.language),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [template, setTemplate] = useState<AgentTemplate | null>(null)
  // What the person wrote survives the choice of another starting point.
  const [edits, setEdits] = useState<Partial<Draft>>({})
  const draft: Draft = { ...blank, ...template, template: template?.id ?? 'blank', ...edits }
  const edit = (change: Partial<Draft>): void => setEdits((now) => ({ ...now, ...change }))
  const { create, busy, problem, done } = useCreate(draft)
  const taken = problem instanceof ApiError && problem.code === 'name_taken'
  const [tried, setTried] = useState(false)
  const wrong = nameProblem(draft.name)
  const name = useRef<HTMLInputElement>(null)
  const errorText = useErrorText()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (wrong === null) void create()
    else name.current?.focus()
  }
  const nameError = taken
    ? t('about.nameTaken')
    : wrong === 'signs'
      ? t('about.nameSigns')
      : tried && wrong === 'empty'
        ? t('about.nameEmpty')
        : undefined
  return (
    <>
      <PaneHeader backTo="/agents" title={t('new.title')} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-4 pb-10 md:px-5">
        {mayCreate ? null : (
          <div className="mb-5 max-w-180">
            <Callout tone="warn">{t('new.notAllowed')}</Callout>
          </div>
        )}
        <form onSubmit={submit} noValidate className="flex max-w-180 flex-col gap-6">
          <h2 className="-mb-3 text-body font-semibold text-fg">{t('new.from')}</h2>
          <StartingPoints templates={templates.data ?? []} chosen={draft.template} onChoose={setTemplate} />
          <div className="flex flex-col gap-5 md:flex-row">
            <AvatarPicker
              id={`new ${draft.template}`}
              name={draft.name}
              avatar={draft.avatar}
              kind="agent"
              onChange={(avatar) => edit({ avatar })}
            />
            <div className="flex min-w-0 flex-1 flex-col gap-5">
              <Field label={t('about.name')} hint={t('about.nameHint')} error={nameError}>
                <Input
                  ref={name}
                  value={draft.name}
                  maxLength={NAME_LIMIT}
                  onChange={(event) => edit({ name: event.target.value })}
                />
              </Field>
              <Field label={t('about.description')} hint={t('about.descriptionHint')}>
                <Textarea
                  rows={2}
                  value={draft.description}
                  maxLength={DESCRIPTION_LIMIT}
                  onChange={(event) => edit({ description: event.target.value })}
                />
              </Field>
              <ModelField value={draft.model} onChange={(model) => edit({ model })} />
            </div>
          </div>
          <Field label={t('persona.editor')} hint={t('new.personaHint')}>
            <Textarea
              rows={10}
              value={draft.soul}
              maxLength={SOUL_LIMIT}
              spellCheck={false}
              placeholder={t('persona.placeholder')}
              onChange={(event) => edit({ soul: event.target.value })}
              className="font-mono text-meta"
            />
          </Field>
          {problem !== null && !taken ? (
            <div role="alert">
              <Callout tone="danger">{errorText(problem)}</Callout>
            </div>
          ) : null}
          <div>
            <Button type="submit" variant="primary" busy={busy} disabled={!mayCreate}>
              {t('new.create')}
            </Button>
          </div>
        </form>
      </div>
      <LeaveGuard dirty={Object.keys(edits).length > 0 && !done} />
    </>
  )
}

function ModelField({ value, onChange }: { value: string; onChange: (model: string) => void }) {
  const { t } = useTranslation('agents')
  return (
    <Field label={t('model.label')}>
      <ModelPicker value={value} onChange={onChange} emptyLabel={t('model.default')} />
    </Field>
  )
}

function useCreate(draft: Draft) {
  const api = useApi()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { data: settings } = useSettings()
  const [state, setState] = useState<{ busy: boolean; done: boolean; problem: unknown }>({
    busy: false,
    done: false,
    problem: null,
  })
  const create = async (): Promise<void> => {
    setState({ busy: true, done: false, problem: null })
    try {
      const offered = new Set(settings?.tools.map((tool) => tool.name))
      const { agent } = await api.call('createAgent', {
        body: {
          name: draft.name.trim(),
          avatar: draft.avatar,
          description: draft.description.trim(),
          soul: draft.soul,
          model: draft.model,
          tools: draft.tools.filter((tool) => offered.has(tool)),
        },
      })
      setState({ busy: false, done: true, problem: null })
      queryClient.setQueryData(queryKeys.agent(agent.id), agent)
      queryClient.setQueryData<readonly Agent[]>(
        queryKeys.agents,
        (list) => list && [...list.filter((other) => other.id !== agent.id), agent],
      )
      await navigate({ to: '/agents/$agentId', params: { agentId: agent.id }, ignoreBlocker: true })
    } catch (error) {
      setState({ busy: false, done: false, problem: error })
    }
  }
  return { create, ...state }
}
