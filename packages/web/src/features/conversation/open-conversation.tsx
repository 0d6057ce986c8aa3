import type { Channel, Message } from '@parley/protocol/workspace'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { useLayout } from '../../app/layout.ts'
import { setLook, useLook } from '../../app/look.ts'
import { PaneBoundary } from '../../app/pane-boundary.tsx'
import { useCan, useMe } from '../../app/queries.ts'
import { useApi, useSession } from '../../app/sync-context.tsx'
import type { ChannelClient } from '../../sync/channel/channel.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { rememberChannel } from '../chats/last-channel.ts'
import { Composer, type ComposerHandle } from '../composer/composer.tsx'
import { useMentionNames } from '../composer/use-mention-options.ts'
import { DetailsPane } from '../details/details-pane.tsx'
import { Announcer } from './announcer.tsx'
import { ActionsContext, type ConversationActions, FactsContext } from './conversation-context.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import { DropZone } from './drop-zone.tsx'
import { MessageList, type MessageListHandle } from './list/message-list.tsx'
import { ReadOnlyBar } from './read-only-bar.tsx'
import { useRows } from './use-rows.ts'

const HIGHLIGHT_MS = 2_500

export interface OpenConversationProps {
  client: ChannelClient
  channel: Channel
  /** A message from the address to jump to. */
  jumpId: string | undefined
}

/** A loaded conversation: header, messages, composer, details. */
export function OpenConversation({ client, channel, jumpId }: OpenConversationProps) {
  const { t } = useTranslation('chat')
  const me = useMe()
  const api = useApi()
  const { drafts } = useSession()
  const errorText = useErrorText()
  const navigate = useNavigate()
  const layout = useLayout()
  const look = useLook()
  const mayWrite = useCan('member')
  const mayDeleteAny = useCan('admin')
  const mentionNames = useMentionNames(channel)
  const list = useRef<MessageListHandle>(null)
  const composer = useRef<ComposerHandle>(null)
  const [overlayDetails, setOverlayDetails] = useState(false)
  const [replyTo, setReplyTo] = useState<Message | null>(
    () => client.store.getState().log.messages.get(drafts.read(channel.id, '').replyTo ?? '') ?? null,
  )
  const [editing, setEditing] = useState<Message | null>(null)
  const [deleting, setDeleting] = useState<Message | null>(null)
  const [highlightId, setHighlightId] = useState<string | null>(null)
  const { rows, startKey, newCount, answering, clearUnreadLine } = useRows(client, channel)

  const report = useCallback((error: unknown) => toast({ tone: 'danger', message: errorText(error) }), [errorText])

  const jumpTo = useCallback(
    async (messageId: string) => {
      try {
        if (!(await client.reveal(messageId))) return toast({ message: t('jump.gone') })
      } catch (error) {
        return report(error)
      }
      // The rows of a page that was just loaded are there after the next render.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          list.current?.toMessage(messageId)
          setHighlightId(messageId)
        }),
      )
    },
    [client, report, t],
  )

  useEffect(() => {
    rememberChannel(me.id, channel.id)
  }, [me.id, channel.id])

  useEffect(() => {
    if (highlightId === null) return
    const timer = setTimeout(() => setHighlightId(null), HIGHLIGHT_MS)
    return () => clearTimeout(timer)
  }, [highlightId])

  useEffect(() => {
    if (jumpId === undefined) return
    void jumpTo(jumpId)
    // The address goes back to the conversation, so the same link works again.
    void navigate({ to: '/chats/$channelId', params: { channelId: channel.id }, search: {}, replace: true })
  }, [jumpId, jumpTo, navigate, channel.id])

  useEffect(() => {
    if (layout !== 'narrow' && matchMedia('(pointer: fine)').matches) composer.current?.focus()
  }, [layout])

  const actions = useMemo<ConversationActions>(
    () => ({
      client,
      reply: (message) => {
        setEditing(null)
        setReplyTo(message)
      },
      edit: (message) => setEditing(message),
      askDelete: (message) => setDeleting(message),
      retry: (message, model) => {
        api
          .call('retryAnswer', { params: { id: message.id }, body: model === undefined ? {} : { model } })
          .catch(report)
      },
      jumpTo: (messageId) => void jumpTo(messageId),
    }),
    [client, api, report, jumpTo],
  )
  const facts = useMemo(
    () => ({ channel, myId: me.id, direct: channel.type === 'dm', mayWrite, mayDeleteAny, mentionNames }),
    [channel, me.id, mayWrite, mayDeleteAny, mentionNames],
  )

  const toNewest = (): void => {
    client.showNewest()
    requestAnimationFrame(() => list.current?.toEnd())
  }
  const editLast = (): boolean => {
    const mine = rows.findLast(
      (row) => row.type === 'message' && row.message.userId === me.id && row.message.metadata.deletedAt === undefined,
    )
    if (mine?.type !== 'message') return false
    setEditing(mine.message)
    return true
  }
  const remove = async (): Promise<void> => {
    if (deleting === null) return
    try {
      await api.call('deleteMessage', { params: { id: deleting.id } })
    } catch (error) {
      report(error)
      throw error
    }
  }

  const wide = layout === 'wide'
  const detailsOpen = wide ? look.detailsOpen : overlayDetails
  const toggleDetails = (): void =>
    wide ? setLook({ detailsOpen: !look.detailsOpen }) : setOverlayDetails(!overlayDetails)
  return (
    <ActionsContext value={actions}>
      <FactsContext value={facts}>
        <div className="flex min-h-0 min-w-0 flex-1">
          <DropZone disabled={!mayWrite} onFiles={(files) => composer.current?.addFiles(files)}>
            <ConversationHeader channel={channel} detailsOpen={detailsOpen} onToggleDetails={toggleDetails} />
            <MessageList
              ref={list}
              rows={rows}
              startKey={startKey}
              newCount={newCount}
              highlightId={highlightId}
              onNewest={toNewest}
            />
            {mayWrite ? (
              <Composer
                ref={composer}
                replyTo={replyTo}
                onCancelReply={() => setReplyTo(null)}
                editing={editing}
                onCancelEdit={() => setEditing(null)}
                onEditLast={editLast}
                answering={answering}
                onSent={() => {
                  clearUnreadLine()
                  toNewest()
                }}
              />
            ) : (
              <ReadOnlyBar />
            )}
            <Announcer client={client} />
          </DropZone>
          <PaneBoundary resetKey={channel.id}>
            <DetailsPane open={detailsOpen} onClose={toggleDetails} channel={channel} />
          </PaneBoundary>
        </div>
        <ConfirmDialog
          open={deleting !== null}
          onOpenChange={(open) => !open && setDeleting(null)}
          title={t('deleteConfirm.title')}
          description={t('deleteConfirm.text')}
          confirmLabel={t('deleteConfirm.confirm')}
          onConfirm={remove}
        />
      </FactsContext>
    </ActionsContext>
  )
}
