import type { Settings } from '@parley/protocol/workspace'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { Field } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { toast } from '../../../ui/toast.tsx'
import { type ModelChoice, modelChoices } from '../../agents/model/model-options.ts'
import { ModelPicker } from '../../agents/model/model-picker.tsx'
import { SettingsGroup } from '../settings-group.tsx'
import { type SettingsChange, useSaveSettings } from '../use-save-settings.ts'

const MAX_FALLBACKS = 10

/** The model of agents that have none of their own, and what is tried when a model fails. Stored at once. */
export function DefaultModels({ settings, readOnly }: { settings: Settings; readOnly: boolean }) {
  const { t } = useTranslation('settings')
  const save = useSaveSettings()
  const errorText = useErrorText()
  const store = (change: SettingsChange): void => {
    save.mutate(() => change, { onError: (error) => toast({ tone: 'danger', message: errorText(error) }) })
  }
  const fallbacks = settings.fallbackModels
  const choices = modelChoices(settings)
  return (
    <SettingsGroup title={t('defaults.title')} note={t('defaults.note')}>
      <Field label={t('defaults.default')}>
        <ModelPicker
          value={settings.defaultModel}
          emptyLabel={t('defaults.demo')}
          disabled={readOnly || save.isPending}
          onChange={(defaultModel) => store({ defaultModel })}
        />
      </Field>
      <div>
        <h3 className="mb-1.5 text-meta font-medium text-soft">{t('defaults.fallbacks')}</h3>
        {fallbacks.length > 0 ? (
          <ol className="mb-2 flex flex-col rounded-md border border-line">
            {fallbacks.map((model, index) => (
              <FallbackRow
                key={model}
                model={model}
                choice={choices.find((choice) => choice.id === model)}
                place={index + 1}
                last={index === fallbacks.length - 1}
                disabled={readOnly || save.isPending}
                onMove={(by) => store({ fallbackModels: moved(fallbacks, index, by) })}
                onRemove={() => store({ fallbackModels: fallbacks.filter((other) => other !== model) })}
              />
            ))}
          </ol>
        ) : null}
        {readOnly || fallbacks.length >= MAX_FALLBACKS ? null : (
          <ModelPicker
            value=""
            emptyLabel={t('defaults.addFallback')}
            disabled={save.isPending}
            without={[...fallbacks, settings.defaultModel]}
            onChange={(model) => {
              if (model !== '') store({ fallbackModels: [...fallbacks, model] })
            }}
          />
        )}
        <p className="mt-1.5 text-meta text-muted">{t('defaults.fallbacksNote')}</p>
      </div>
    </SettingsGroup>
  )
}

interface FallbackRowProps {
  model: string
  /** Absent when the model is not in the settings any more. */
  choice: ModelChoice | undefined
  place: number
  last: boolean
  disabled: boolean
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

function FallbackRow({ model, choice, place, last, disabled, onMove, onRemove }: FallbackRowProps) {
  const { t } = useTranslation('settings')
  return (
    <li className="flex items-center gap-1 border-line py-1 pr-1 pl-3 not-last:border-b">
      <span className="tabular w-5 shrink-0 text-meta text-muted">{place}</span>
      <span className="min-w-0 flex-1 truncate text-ui">
        {choice?.name ?? model}
        {choice ? <span className="ml-2 text-meta text-muted">{choice.provider}</span> : null}
      </span>
      <IconButton
        icon={ArrowUp}
        size="sm"
        label={t('defaults.up', { model })}
        disabled={disabled || place === 1}
        onClick={() => onMove(-1)}
      />
      <IconButton
        icon={ArrowDown}
        size="sm"
        label={t('defaults.down', { model })}
        disabled={disabled || last}
        onClick={() => onMove(1)}
      />
      <IconButton icon={X} size="sm" label={t('defaults.remove', { model })} disabled={disabled} onClick={onRemove} />
    </li>
  )
}

/** The list with one entry moved by one place. */
export function moved<T>(list: readonly T[], index: number, by: 1 | -1): T[] {
  const result = [...list]
  const [entry] = result.splice(index, 1)
  if (entry !== undefined) result.splice(index + by, 0, entry)
  return result
}
