import type { Settings } from '@parley/protocol/workspace'
import { HardDrive } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { toast } from '../../../ui/toast.tsx'
import { SettingsGroup } from '../settings-group.tsx'
import { type SettingsChange, useSaveSettings } from '../use-save-settings.ts'
import { freeId, withProvider } from './provider/provider-form.ts'

type Offer = Settings['offers'][number]

/** Model servers that run on the server's machine and wait to be connected. */
export function LocalOffers({ settings }: { settings: Settings }) {
  const { t } = useTranslation('settings')
  if (settings.offers.length === 0) return null
  return (
    <SettingsGroup title={t('offers.title')} note={t('offers.note')}>
      <ul className="flex flex-col gap-2">
        {settings.offers.map((offer) => (
          <OfferRow key={offer.baseUrl} offer={offer} />
        ))}
      </ul>
    </SettingsGroup>
  )
}

function OfferRow({ offer }: { offer: Offer }) {
  const { t } = useTranslation('settings')
  const save = useSaveSettings()
  const errorText = useErrorText()
  const connect = (): void => {
    save.mutate((current) => connected(current, offer), {
      onSuccess: () => toast({ tone: 'success', message: t('offers.connected', { name: offer.name }) }),
      onError: (error) => toast({ tone: 'danger', message: errorText(error) }),
    })
  }
  return (
    <li className="flex flex-wrap items-center gap-3 rounded-md border border-accent-text/40 bg-accent-ground p-3">
      <Icon icon={HardDrive} size={20} className="ml-1.5 text-accent-text" />
      <span className="min-w-0 flex-1">
        <span className="block text-ui font-medium text-fg">{offer.name}</span>
        <span className="block truncate text-meta text-muted">
          {t('offers.models', { count: offer.models.length, address: offer.baseUrl })}
        </span>
      </span>
      <Button size="sm" variant="primary" busy={save.isPending} onClick={connect}>
        {t('offers.connect')}
      </Button>
    </li>
  )
}

/** The settings with the offered server connected; its first model becomes the default where there is none. */
export function connected(current: Settings, offer: Offer): SettingsChange {
  const id = freeId(
    offer.id,
    current.providers.map((provider) => provider.id),
  )
  const models = offer.models.map((name) => ({ name }))
  const providers = withProvider(current, {
    id,
    kind: 'openai-compatible',
    name: offer.name,
    baseUrl: offer.baseUrl,
    models,
  })
  const [first] = offer.models
  return {
    providers,
    ...(current.defaultModel === '' && first !== undefined ? { defaultModel: `${id}/${first}` } : {}),
  }
}
