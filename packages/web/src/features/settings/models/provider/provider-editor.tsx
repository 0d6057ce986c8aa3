import type { Provider, Settings } from '@parley/protocol/workspace'
import { ArrowUpRight, PlugZap } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../../app/error-text.ts'
import { Button } from '../../../../ui/button.tsx'
import { Callout } from '../../../../ui/callout.tsx'
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx'
import { Dialog } from '../../../../ui/dialog.tsx'
import { Field } from '../../../../ui/field.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import { Input } from '../../../../ui/input.tsx'
import { toast } from '../../../../ui/toast.tsx'
import { useSaveSettings } from '../../use-save-settings.ts'
import { KeyInput } from './key-input.tsx'
import { ModelChecklist } from './model-checklist.tsx'
import { addressProblem, inputOf, needsKeyAgain, type ProviderForm, withProvider } from './provider-form.ts'
import { RemoveProvider } from './remove-provider.tsx'
import { TestResult } from './test-result.tsx'
import { useProviderTest } from './use-provider-test.ts'

interface ProviderEditorProps {
  initial: ProviderForm
  settings: Settings
  stored: Provider | undefined
  /** Back to the choice of kinds, for a new one. */
  onBack: (() => void) | null
  onClose: () => void
}

/** The form of one provider. Nothing is stored before Save. */
export function ProviderEditor({ initial, settings, stored, onBack, onClose }: ProviderEditorProps) {
  const { t } = useTranslation(['settings', 'common'])
  const formId = useId()
  const [form, setForm] = useState(initial)
  const [tried, setTried] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const test = useProviderTest()
  const save = useSaveSettings()
  const errorText = useErrorText()
  const dirty = form !== initial
  const edit = (change: Partial<ProviderForm>): void => setForm((now) => ({ ...now, ...change }))
  const problems = useProblems(form, stored, tried)
  const close = (): void => {
    if (dirty && !save.isPending) setLeaving(true)
    else onClose()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    // A form inside a portal still bubbles to the forms around it.
    event.stopPropagation()
    setTried(true)
    if (problems.blocking || save.isPending) return
    save.mutate(
      (current) => {
        const [first] = form.models
        const providers = withProvider(current, inputOf(form))
        return {
          providers,
          ...(current.defaultModel === '' && first ? { defaultModel: `${form.id}/${first.name}` } : {}),
        }
      },
      {
        onSuccess: () => {
          toast({ tone: 'success', message: t('provider.saved', { name: form.name.trim() }) })
          onClose()
        },
      },
    )
  }
  const runTest = (): void => {
    setTried(true)
    if (addressProblem(form) !== null || needsKeyAgain(form, stored)) return
    test.mutate(form, {
      // With a first success everything small is chosen; a service with hundreds of models is not.
      onSuccess: ({ ok, models }) => {
        if (ok && form.models.length === 0 && models.length <= 12) edit({ models })
      },
    })
  }
  return (
    <Dialog
      open
      size="lg"
      title={
        stored
          ? t('provider.edit', { name: stored.name })
          : t('provider.new', { name: initial.name || t('provider.custom') })
      }
      onOpenChange={(open) => !open && close()}
      footer={
        <>
          {stored ? <RemoveProvider provider={stored} settings={settings} onRemoved={onClose} /> : null}
          {onBack ? (
            <Button variant="quiet" className="mr-auto" onClick={onBack}>
              {t('common:back')}
            </Button>
          ) : null}
          <Button onClick={close}>{t('common:cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={save.isPending}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-5">
        {save.error ? (
          <div role="alert">
            <Callout tone="danger" title={t('provider.notSaved')}>
              {errorText(save.error)}
            </Callout>
          </div>
        ) : null}
        <Field label={t('provider.name')} error={problems.name}>
          <Input value={form.name} maxLength={80} onChange={(event) => edit({ name: event.target.value })} />
        </Field>
        <Field
          label={t('provider.address')}
          hint={form.kind === 'openai-compatible' ? t('provider.addressHint') : t('provider.addressOptional')}
          error={problems.address}
        >
          <Input
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            value={form.baseUrl}
            className="font-mono text-ui"
            placeholder={form.kind === 'openai-compatible' ? 'https://…/v1' : ''}
            onChange={(event) => edit({ baseUrl: event.target.value })}
          />
        </Field>
        <Field label={t('provider.key')} hint={<KeyHint form={form} />} error={problems.key}>
          <KeyInput value={form.key} hasKey={form.hasKey} onChange={(key) => edit({ key })} />
        </Field>
        <div className="flex flex-col gap-3">
          <Button icon={PlugZap} busy={test.isPending} className="self-start" onClick={runTest}>
            {t('provider.test')}
          </Button>
          <div role="status">
            <TestResult test={test} />
          </div>
        </div>
        <ModelChecklist
          chosen={form.models}
          offered={test.data?.models ?? []}
          onChange={(models) => edit({ models })}
        />
      </form>
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={t('unsaved.title')}
        description={t('unsaved.text')}
        confirmLabel={t('unsaved.leave')}
        onConfirm={onClose}
      />
    </Dialog>
  )
}

function KeyHint({ form }: { form: ProviderForm }) {
  const { t } = useTranslation('settings')
  const keyUrl = form.preset?.keyUrl
  return (
    <>
      {form.preset?.local === true ? t('provider.keyLocal') : t('provider.keyHint')}{' '}
      {keyUrl === undefined ? null : (
        <a
          href={keyUrl}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex items-center gap-0.5 text-accent-text hover:underline"
        >
          {t('provider.getKey')}
          <Icon icon={ArrowUpRight} size={14} />
        </a>
      )}
    </>
  )
}

interface Problems {
  readonly name: string | undefined
  readonly address: string | undefined
  readonly key: string | undefined
  readonly blocking: boolean
}

/** What is wrong, in words; said only after the first attempt, except where a stored key would silently be lost. */
function useProblems(form: ProviderForm, stored: Provider | undefined, tried: boolean): Problems {
  const { t } = useTranslation('settings')
  const address = addressProblem(form)
  const addressWords = {
    empty: t('provider.addressEmpty'),
    invalid: t('provider.addressInvalid'),
    credentials: t('provider.addressCredentials'),
  }
  const nameless = form.name.trim() === ''
  const again = needsKeyAgain(form, stored)
  const keyless = form.preset?.key === 'needed' && !form.hasKey && (form.key ?? '').trim() === ''
  return {
    name: tried && nameless ? t('provider.nameEmpty') : undefined,
    address: tried && address !== null ? addressWords[address] : undefined,
    key: again ? t('provider.keyAgain') : tried && keyless ? t('provider.keyEmpty') : undefined,
    blocking: nameless || address !== null || again || keyless,
  }
}
