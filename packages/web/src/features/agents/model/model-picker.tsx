import { useTranslation } from 'react-i18next'
import { useSettings } from '../../../app/queries.ts'
import { Combobox, type ComboboxOption } from '../../../ui/combobox.tsx'
import { type ModelChoice, modelChoices, modelLabel, shortTokens } from './model-options.ts'

interface ModelPickerProps {
  /** `provider/model`; empty is `emptyLabel`. */
  value: string
  onChange: (value: string) => void
  /** What no choice means, e.g. the default model. */
  emptyLabel: string
  disabled?: boolean
  id?: string
  'aria-describedby'?: string | undefined
  /** Models that are not offered, because they are chosen elsewhere. */
  without?: readonly string[]
}

/** One of the configured models, grouped by provider. */
export function ModelPicker({ value, onChange, emptyLabel, without = [], ...rest }: ModelPickerProps) {
  const { t } = useTranslation('agents')
  const { data: settings } = useSettings()
  const describe = (choice: ModelChoice): string =>
    [
      choice.vision ? t('model.vision') : '',
      choice.contextWindow === undefined ? '' : t('model.context', { tokens: shortTokens(choice.contextWindow) }),
    ]
      .filter((part) => part !== '')
      .join(' · ')
  const choices = settings
    ? modelChoices(settings).filter((choice) => !without.includes(choice.id) || choice.id === value)
    : []
  const options: ComboboxOption[] = [
    { value: '', label: emptyLabel },
    ...choices.map((choice) => ({
      value: choice.id,
      label: choice.name,
      note: describe(choice),
      group: choice.provider,
    })),
  ]
  // A model that was taken out of the settings is still shown as what is chosen.
  if (value !== '' && !choices.some((choice) => choice.id === value)) {
    options.push({ value, label: modelLabel(value), note: t('model.gone'), group: t('model.goneGroup') })
  }
  return (
    <Combobox
      value={value}
      onChange={onChange}
      options={options}
      placeholder={emptyLabel}
      searchLabel={t('model.search')}
      emptyLabel={t('model.noMatch')}
      {...rest}
    />
  )
}
