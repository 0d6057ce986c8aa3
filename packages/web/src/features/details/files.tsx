import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useConversationActions } from '../conversation/conversation-context.tsx'
import { FileCard } from '../conversation/message/attachments.tsx'
import { Section } from './section.tsx'

const MAX = 30

/** Files of the loaded messages, the newest first. */
export function Files({ channelId }: { channelId: string }) {
  const { t } = useTranslation('details')
  const { client } = useConversationActions()
  const messages = useStore(client.store, (view) => view.log.messages)
  const files = useMemo(
    () =>
      [...messages.values()]
        .filter((message) => message.channelId === channelId && message.metadata.deletedAt === undefined)
        .toSorted((a, b) => b.seq - a.seq)
        .flatMap((message) => message.metadata.attachments ?? [])
        .slice(0, MAX),
    [messages, channelId],
  )
  return (
    <Section title={t('files')}>
      {files.length === 0 ? (
        <p className="text-meta text-muted">{t('filesNone')}</p>
      ) : (
        <>
          <ul className="flex flex-col gap-1.5">
            {files.map((file) => (
              <li key={file.url}>
                <FileCard file={file} />
              </li>
            ))}
          </ul>
          <p className="mt-2 text-small text-muted">{t('filesNote')}</p>
        </>
      )}
    </Section>
  )
}
