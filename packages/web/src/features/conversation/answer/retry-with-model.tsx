import type { Message } from '@parley/protocol/workspace'
import { Sparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../../../app/queries.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { useConversationActions } from '../conversation-context.tsx'

/** Every configured model as `provider/model`. */
export function useModelNames(): readonly string[] {
  const { data } = useSettings()
  return data?.providers.flatMap((provider) => provider.models.map((model) => `${provider.id}/${model.name}`)) ?? []
}

/** Writes an answer again with a model of the person's choice. Hidden while there is no other model. */
export function RetryWithModel({ message }: { message: Message }) {
  const { t } = useTranslation('chat')
  const { retry } = useConversationActions()
  const used = message.metadata.answer?.model
  const models = useModelNames().filter((model) => model !== used)
  if (models.length === 0) return null
  return (
    <Menu
      align="start"
      title={t('answer.model')}
      trigger={
        <Button size="sm" variant="quiet" icon={Sparkles}>
          {t('actions.retryWith')}
        </Button>
      }
      entries={models.map((model) => ({ key: model, label: model, onSelect: () => retry(message, model) }))}
    />
  )
}
