import type { Provider, Settings } from '@parley/protocol/workspace'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../../ui/dialog.tsx'
import { PresetGrid } from './preset-grid.tsx'
import { ProviderEditor } from './provider-editor.tsx'
import { formOfPreset, formOfProvider, type ProviderForm } from './provider-form.ts'

interface ProviderDialogProps {
  settings: Settings
  /** Left out: a new one. */
  provider: Provider | undefined
  onClose: () => void
}

/** Adds or changes a model provider: first the kind, then the form. */
export function ProviderDialog({ settings, provider, onClose }: ProviderDialogProps) {
  const { t } = useTranslation('settings')
  const [form, setForm] = useState<ProviderForm | null>(() => (provider ? formOfProvider(provider) : null))
  if (form) {
    return (
      <ProviderEditor
        initial={form}
        settings={settings}
        stored={provider}
        onBack={provider ? null : () => setForm(null)}
        onClose={onClose}
      />
    )
  }
  const taken = settings.providers.map((other) => other.id)
  return (
    <Dialog
      open
      size="lg"
      title={t('provider.choose')}
      description={t('provider.chooseText')}
      onOpenChange={(open) => !open && onClose()}
    >
      <PresetGrid onChoose={(preset) => setForm(formOfPreset(preset, taken))} />
    </Dialog>
  )
}
