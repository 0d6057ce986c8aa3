import { CornerUpLeft } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { Icon } from '../../../ui/icon.tsx'
import { useFaces } from '../../chats/channel-face.ts'
import { usePreview } from '../../chats/preview.ts'
import { useConversationActions } from '../conversation-context.tsx'

/** The message a reply refers to, in one line; leads there. */
export function Quote({ messageId }: { messageId: string }) {
  const { t } = useTranslation('chat')
  const { client, jumpTo } = useConversationActions()
  const message = useStore(client.store, (view) => view.log.messages.get(messageId))
  const faces = useFaces()
  const preview = usePreview()
  const [gone, setGone] = useState(false)
  const known = message !== undefined
  useEffect(() => {
    if (known) return
    // Without an answer the line stays short; opening it tries again.
    client.learn(messageId).then(
      (found) => setGone(!found),
      () => {},
    )
  }, [client, messageId, known])
  const face = message ? faces.ofMessage(message) : null
  return (
    <button
      type="button"
      onClick={() => jumpTo(messageId)}
      className="mb-1 flex max-w-full items-center gap-1.5 rounded-sm border-l-2 border-accent py-0.5 pr-2 pl-2 text-left text-meta text-muted transition-colors hover:bg-hover hover:text-fg"
    >
      <Icon icon={CornerUpLeft} size={13} />
      {face ? <span className="shrink-0 font-medium text-soft">{face.name}</span> : null}
      <span className="min-w-0 truncate">{message ? preview(message) : gone ? t('replyGone') : '…'}</span>
    </button>
  )
}
