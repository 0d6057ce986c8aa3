import type { Model } from '@parley/protocol/workspace'
import { ImageIcon, Plus, Search } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../../ui/badge.tsx'
import { Button } from '../../../../ui/button.tsx'
import { CheckMark } from '../../../../ui/checkbox.tsx'
import { IconButton } from '../../../../ui/icon-button.tsx'
import { Input, SearchInput } from '../../../../ui/input.tsx'
import { shortTokens } from '../../../agents/model/model-options.ts'
import { matchesName } from '../../../chats/match-name.ts'
import { listedModels, toggleModel } from './provider-form.ts'

interface ModelChecklistProps {
  chosen: readonly Model[]
  /** What the server said it has; empty before the first test. */
  offered: readonly Model[]
  onChange: (models: readonly Model[]) => void
}

/** Longer lists get a search field. */
const LONG = 8

/** Which models of the server may be used. */
export function ModelChecklist({ chosen, offered, onChange }: ModelChecklistProps) {
  const { t } = useTranslation('settings')
  const [filter, setFilter] = useState('')
  const all = listedModels(chosen, offered)
  const shown = all.filter((model) => filter.trim() === '' || matchesName(model.name, filter))
  const isChosen = (model: Model): boolean => chosen.some((other) => other.name === model.name)
  return (
    <section aria-label={t('provider.models')}>
      <div className="mb-1.5 flex items-center gap-2">
        <h3 className="flex-1 text-meta font-medium text-soft">{t('provider.models')}</h3>
        <span className="tabular text-small text-muted">
          {t('provider.chosen', { chosen: chosen.length, all: all.length })}
        </span>
        {all.length > 1 ? (
          <Button
            size="sm"
            variant="quiet"
            className="-mr-2"
            onClick={() => onChange(chosen.length === all.length ? [] : all.map((model) => known(model, chosen)))}
          >
            {chosen.length === all.length ? t('provider.noneOf') : t('provider.allOf')}
          </Button>
        ) : null}
      </div>
      {all.length > LONG ? (
        <SearchInput
          icon={Search}
          label={t('provider.searchModels')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="mb-2"
        />
      ) : null}
      {all.length === 0 ? (
        <p className="rounded-md border border-line border-dashed px-4 py-5 text-center text-meta text-muted">
          {t('provider.noModelsYet')}
        </p>
      ) : (
        <ul className="max-h-72 overflow-y-auto rounded-md border border-line">
          {shown.map((model) => (
            <ModelRow
              key={model.name}
              model={known(model, chosen)}
              checked={isChosen(model)}
              onToggle={(on) => onChange(toggleModel(chosen, model, on))}
              onVision={(vision) =>
                onChange(chosen.map((other) => (other.name === model.name ? { ...other, vision } : other)))
              }
            />
          ))}
          {shown.length === 0 ? (
            <li className="px-3 py-4 text-center text-meta text-muted">{t('provider.noMatch')}</li>
          ) : null}
        </ul>
      )}
      <AddModel taken={all} onAdd={(name) => onChange([...chosen, { name }])} />
    </section>
  )
}

/** The model as chosen, where it is: with what the person said about it. */
function known(model: Model, chosen: readonly Model[]): Model {
  return chosen.find((other) => other.name === model.name) ?? model
}

interface ModelRowProps {
  model: Model
  checked: boolean
  onToggle: (on: boolean) => void
  onVision: (vision: boolean) => void
}

function ModelRow({ model, checked, onToggle, onVision }: ModelRowProps) {
  const { t } = useTranslation('settings')
  return (
    <li className="flex items-center border-line pr-1.5 not-last:border-b">
      <button
        type="button"
        role="checkbox"
        aria-checked={checked}
        onClick={() => onToggle(!checked)}
        className="flex min-h-11 min-w-0 flex-1 items-center gap-3 px-3 py-1.5 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <CheckMark checked={checked} />
        <span className="min-w-0 flex-1 truncate text-ui">{model.name}</span>
        {model.contextWindow === undefined ? null : <Badge>{shortTokens(model.contextWindow)}</Badge>}
      </button>
      {checked ? (
        <IconButton
          icon={ImageIcon}
          size="sm"
          pressed={model.vision === true}
          label={model.vision === true ? t('provider.seesImages') : t('provider.seesNoImages')}
          onClick={() => onVision(model.vision !== true)}
        />
      ) : null}
    </li>
  )
}

/** For servers that do not list what they have. */
function AddModel({ taken, onAdd }: { taken: readonly Model[]; onAdd: (name: string) => void }) {
  const { t } = useTranslation('settings')
  const [name, setName] = useState('')
  const usable = name.trim() !== '' && !taken.some((model) => model.name === name.trim())
  const add = (): void => {
    if (!usable) return
    onAdd(name.trim())
    setName('')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    add()
  }
  return (
    <div className="mt-2 flex gap-2">
      <Input
        aria-label={t('provider.addModel')}
        placeholder={t('provider.addModel')}
        value={name}
        maxLength={200}
        spellCheck={false}
        className="text-ui"
        onChange={(event) => setName(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button icon={Plus} disabled={!usable} onClick={add}>
        {t('provider.add')}
      </Button>
    </div>
  )
}
