import type { AgentDetail } from '@parley/protocol/workspace'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { useCan, useSettings } from '../../../app/queries.ts'
import { Callout } from '../../../ui/callout.tsx'
import { Field } from '../../../ui/field.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useChangeAgent } from '../use-agent.ts'
import { modelChoices, modelLabel } from './model-options.ts'
import { ModelPicker } from './model-picker.tsx'

/** Which model the agent thinks with. A choice is stored at once. */
export function ModelTab({ agent, readOnly }: { agent: AgentDetail; readOnly: boolean }) {
  const { t } = useTranslation('agents')
  const { data: settings } = useSettings()
  const change = useChangeAgent(agent.id)
  const errorText = useErrorText()
  const choices = settings ? modelChoices(settings) : []
  const gone = settings !== undefined && agent.model !== '' && !choices.some((choice) => choice.id === agent.model)
  const defaultName =
    settings === undefined || settings.defaultModel === ''
      ? t('model.default')
      : t('model.defaultNamed', { model: modelLabel(settings.defaultModel) })
  return (
    <div className="flex max-w-140 flex-col gap-4">
      <Field label={t('model.label')} hint={t('model.hint')}>
        <ModelPicker
          value={agent.model}
          emptyLabel={defaultName}
          disabled={readOnly}
          onChange={(model) =>
            change.mutate({ model }, { onError: (error) => toast({ tone: 'danger', message: errorText(error) }) })
          }
        />
      </Field>
      {gone ? <Callout tone="warn">{t('model.goneText', { model: agent.model })}</Callout> : null}
      {settings && choices.length === 0 ? <NoModels /> : null}
    </div>
  )
}

function NoModels() {
  const { t } = useTranslation('agents')
  const mayConnect = useCan('admin')
  return (
    <Callout
      title={t('model.noneTitle')}
      action={
        mayConnect ? (
          <Link
            to="/settings/$section"
            params={{ section: 'models' }}
            className="font-medium text-accent-text hover:underline"
          >
            {t('model.connect')}
          </Link>
        ) : null
      }
    >
      {t('model.noneText')}
    </Callout>
  )
}
