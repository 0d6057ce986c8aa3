import type { Provider } from '@parley/protocol/workspace'
import { Plus, ServerOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { useCan, useSettings } from '../../../app/queries.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { SettingsGroup } from '../settings-group.tsx'
import { DefaultModels } from './default-models.tsx'
import { LocalOffers } from './local-offers.tsx'
import { ProviderDialog } from './provider/provider-dialog.tsx'
import { ProviderRow } from './provider-row.tsx'

/** Where the agents' models come from, and which one is used when nothing else is said. */
export function ModelsSection() {
  const { t } = useTranslation(['settings', 'common'])
  const { data: settings, isPending, error, refetch } = useSettings()
  const mayChange = useCan('admin')
  const errorText = useErrorText()
  const [editing, setEditing] = useState<Provider | 'new' | null>(null)
  if (isPending) return <SkeletonRows count={3} />
  if (!settings) {
    return (
      <EmptyState
        icon={ServerOff}
        title={t('models.failed')}
        action={<Button onClick={() => void refetch()}>{t('common:retry')}</Button>}
      >
        {errorText(error)}
      </EmptyState>
    )
  }
  const hasModels = settings.providers.some((provider) => provider.models.length > 0)
  return (
    <>
      {hasModels ? null : <Callout title={t('models.demoTitle')}>{t('models.demoText')}</Callout>}
      {mayChange ? <LocalOffers settings={settings} /> : null}
      <SettingsGroup
        title={t('models.providers')}
        note={t('models.providersNote')}
        action={
          mayChange && settings.providers.length > 0 ? (
            <Button size="sm" icon={Plus} onClick={() => setEditing('new')}>
              {t('models.add')}
            </Button>
          ) : null
        }
      >
        {settings.providers.length === 0 ? (
          <div className="flex flex-col items-center gap-4 rounded-md border border-line border-dashed px-4 py-8 text-center">
            <p className="text-ui text-muted">{t('models.none')}</p>
            {mayChange ? (
              <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
                {t('models.connect')}
              </Button>
            ) : null}
          </div>
        ) : (
          <ul className="flex flex-col gap-2">
            {settings.providers.map((provider) => (
              <ProviderRow
                key={provider.id}
                provider={provider}
                onEdit={mayChange ? () => setEditing(provider) : null}
              />
            ))}
          </ul>
        )}
      </SettingsGroup>
      {hasModels ? <DefaultModels settings={settings} readOnly={!mayChange} /> : null}
      {mayChange ? null : <p className="text-meta text-muted">{t('readOnly')}</p>}
      {editing === null ? null : (
        <ProviderDialog
          settings={settings}
          provider={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  )
}
