import type { Provider, Settings } from '@parley/protocol/workspace'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../../app/error-text.ts'
import { useAgents } from '../../../../app/queries.ts'
import { formatList } from '../../../../i18n/format.ts'
import { Button } from '../../../../ui/button.tsx'
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx'
import { toast } from '../../../../ui/toast.tsx'
import { agentName } from '../../../chats/channel-face.ts'
import { useSaveSettings } from '../../use-save-settings.ts'
import { withoutProvider } from './provider-form.ts'

/** Takes a provider out, after saying which agents lose their model. */
export function RemoveProvider({
  provider,
  settings,
  onRemoved,
}: {
  provider: Provider
  settings: Settings
  onRemoved: () => void
}) {
  const { t, i18n } = useTranslation('settings')
  const [asking, setAsking] = useState(false)
  const save = useSaveSettings()
  const errorText = useErrorText()
  const { data: agents } = useAgents()
  const isOurs = (model: string): boolean => model.startsWith(`${provider.id}/`)
  const losing = (agents ?? []).filter((agent) => isOurs(agent.model)).map((agent) => agentName(agent, i18n.language))
  const remove = async (): Promise<void> => {
    try {
      await save.mutateAsync((current) => ({
        providers: withoutProvider(current, provider.id),
        fallbackModels: current.fallbackModels.filter((model) => !isOurs(model)),
        ...(isOurs(current.defaultModel) ? { defaultModel: '' } : {}),
      }))
    } catch (error) {
      toast({ tone: 'danger', message: errorText(error) })
      throw error
    }
    toast({ message: t('provider.removed', { name: provider.name }) })
    onRemoved()
  }
  return (
    <>
      <Button variant="danger-quiet" className="mr-auto -ml-4" onClick={() => setAsking(true)}>
        {t('provider.remove')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('provider.removeTitle', { name: provider.name })}
        description={
          <>
            <span className="block">{t('provider.removeText', { count: provider.models.length })}</span>
            {losing.length > 0 ? (
              <span className="mt-1 block">
                {t('provider.removeAgents', { count: losing.length, names: formatList(losing) })}
              </span>
            ) : null}
            {isOurs(settings.defaultModel) ? <span className="mt-1 block">{t('provider.removeDefault')}</span> : null}
          </>
        }
        confirmLabel={t('provider.removeConfirm')}
        onConfirm={remove}
      />
    </>
  )
}
