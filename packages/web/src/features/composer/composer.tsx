import type { Message } from '@parley/protocol/workspace'
import { ArrowUp, Check, Paperclip, Pencil, Reply, Square } from 'lucide-react'
import {
  type ChangeEvent,
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { useLayout } from '../../app/layout.ts'
import { useLook } from '../../app/look.ts'
import { useApi, useSession } from '../../app/sync-context.tsx'
import { formatNumber } from '../../i18n/format.ts'
import { cx } from '../../ui/classes.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { hasModifier } from '../../ui/platform.ts'
import { toast } from '../../ui/toast.tsx'
import { useChannelFace, useFaces } from '../chats/channel-face.ts'
import { usePreview } from '../chats/preview.ts'
import { useConversationFacts } from '../conversation/conversation-context.tsx'
import { ComposerBar } from './composer-bar.tsx'
import { MentionList } from './mention-list.tsx'
import { completeMention } from './mention-query.ts'
import { UploadTray } from './upload-tray.tsx'
import { useAutosize } from './use-autosize.ts'
import { useMention } from './use-mention.ts'
import type { MentionOption } from './use-mention-options.ts'
import { MAX_FILES, useUploads } from './use-uploads.ts'

/** Longest text the server takes, and from where on the composer counts. */
const LIMIT = 100_000
const COUNT_FROM = 4_000

export interface ComposerHandle {
  addFiles(files: readonly File[]): void
  focus(): void
}

export interface ComposerProps {
  ref: Ref<ComposerHandle>
  replyTo: Message | null
  onCancelReply: () => void
  editing: Message | null
  onCancelEdit: () => void
  /** Opens the last own message for editing; false when there is none. */
  onEditLast: () => boolean
  /** An answer waits or runs here. */
  answering: boolean
  onSent: () => void
}

/** Writes messages: text with mentions, files, replies and edits. */
export function Composer(props: ComposerProps) {
  const { replyTo, onCancelReply, editing, onCancelEdit, onEditLast, answering, onSent } = props
  const { t } = useTranslation('composer')
  const { channel } = useConversationFacts()
  const { drafts, outbox, presence } = useSession()
  const api = useApi()
  const errorText = useErrorText()
  const { enterSends } = useLook()
  const narrow = useLayout() === 'narrow'
  const faces = useFaces()
  const preview = usePreview()
  const face = useChannelFace(channel)
  const listId = useId()

  const [draft] = useState(() => drafts.read(channel.id, channel.draft))
  const [text, setText] = useState(draft.text)
  const [edited, setEdited] = useState('')
  const [rerun, setRerun] = useState(false)
  const [saving, setSaving] = useState(false)
  const uploads = useUploads(draft.attachments ?? [])
  const field = useRef<HTMLTextAreaElement>(null)
  const fileInput = useRef<HTMLInputElement>(null)
  const value = editing ? edited : text
  useAutosize(field, value)

  const mention = useMention(channel, value)
  const setValue = (next: string): void => (editing ? setEdited(next) : setText(next))

  useEffect(() => {
    if (!editing) return
    setEdited(editing.content)
    setRerun(false)
    const element = field.current
    element?.focus()
    requestAnimationFrame(() => element?.setSelectionRange(element.value.length, element.value.length))
  }, [editing])
  useEffect(() => {
    if (replyTo) field.current?.focus()
  }, [replyTo])

  // The draft follows text, reply and finished uploads.
  const attachments = uploads.uploads.flatMap((upload) => upload.attachment ?? [])
  const attachmentUrls = attachments.map((attachment) => attachment.url).join(' ')
  const replyId = replyTo?.id
  const lastSaved = useRef({ text: draft.text, attachmentUrls, replyId: draft.replyTo })
  useEffect(() => {
    const saved = lastSaved.current
    if (saved.text === text && saved.attachmentUrls === attachmentUrls && saved.replyId === replyId) return
    lastSaved.current = { text, attachmentUrls, replyId }
    drafts.write(channel.id, {
      text,
      ...(replyId ? { replyTo: replyId } : {}),
      ...(attachments.length > 0 ? { attachments } : {}),
    })
    // The attachments are compared by their URLs.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [text, attachmentUrls, replyId, channel.id, drafts])

  const addFiles = useCallback(
    (files: readonly File[]) => {
      const room = MAX_FILES - uploads.uploads.length
      if (files.length > room) toast({ tone: 'danger', message: t('tooMany', { count: MAX_FILES }) })
      if (room > 0) uploads.add(files.slice(0, room))
      field.current?.focus()
    },
    [uploads, t],
  )
  useImperativeHandle(props.ref, () => ({ addFiles, focus: () => field.current?.focus() }), [addFiles])

  const uploading = uploads.uploads.some((upload) => upload.state === 'uploading')
  const uploadFailed = uploads.uploads.some((upload) => upload.state === 'failed')
  const over = value.length - LIMIT
  const empty = value.trim() === '' && (editing !== null || uploads.uploads.length === 0)
  const ready = !empty && over <= 0 && (editing !== null || (!uploading && !uploadFailed))

  const submit = async (): Promise<void> => {
    if (empty || over > 0) return
    if (editing) return await saveEdit(editing)
    if (uploading) return toast({ message: t('waitUploads') })
    if (uploadFailed) return toast({ tone: 'danger', message: t('failedUploads') })
    const content = text.trim()
    const onlyPictures = content === '' && attachments.every((attachment) => attachment.mime.startsWith('image/'))
    void outbox.enqueue({
      channelId: channel.id,
      content,
      type: attachments.length === 0 || content !== '' ? 'text' : onlyPictures ? 'image' : 'file',
      attachments,
      ...(replyId ? { replyTo: replyId } : {}),
    })
    setText('')
    uploads.clear()
    lastSaved.current = { text: '', attachmentUrls: '', replyId: undefined }
    drafts.clear(channel.id)
    presence.iSent(channel.id)
    onCancelReply()
    onSent()
    field.current?.focus()
  }

  const saveEdit = async (message: Message): Promise<void> => {
    if (edited.trim() === message.content && !rerun) return onCancelEdit()
    setSaving(true)
    try {
      await api.call('editMessage', { params: { id: message.id }, body: { content: edited.trim(), rerun } })
      onCancelEdit()
    } catch (error) {
      toast({ tone: 'danger', message: errorText(error) })
    } finally {
      setSaving(false)
      field.current?.focus()
    }
  }

  const stop = async (): Promise<void> => {
    try {
      await api.call('stopChannel', { params: { id: channel.id } })
    } catch (error) {
      toast({ tone: 'danger', message: errorText(error) })
    }
  }

  const pick = (option: MentionOption): void => {
    const element = field.current
    if (!mention.query || !element) return
    const next = completeMention(value, mention.query, element.selectionStart, option.name)
    setValue(next.text)
    mention.close()
    requestAnimationFrame(() => element.setSelectionRange(next.caret, next.caret))
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // Enter that ends an input method's composition is not ours.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (mention.onKeyDown(event, pick)) return
    const mod = hasModifier(event)
    if (event.key === 'Enter' && !event.altKey && (enterSends ? !event.shiftKey : mod)) {
      event.preventDefault()
      void submit()
    } else if (event.key === 'Escape') {
      if (editing) onCancelEdit()
      else if (replyTo) onCancelReply()
      else if (answering) void stop()
      else return
      event.preventDefault()
    } else if (event.key === 'ArrowUp' && value === '' && !editing && !event.altKey && !mod && onEditLast())
      event.preventDefault()
  }

  const onChange = (event: ChangeEvent<HTMLTextAreaElement>): void => {
    setValue(event.target.value)
    mention.update(event.target)
    if (event.target.value !== '' && !editing) presence.iAmTyping(channel.id)
  }

  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files]
    // Office programs put a picture of the copied text beside the text; then the text is meant.
    if (files.length === 0 || event.clipboardData.getData('text/plain') !== '' || editing) return
    event.preventDefault()
    addFiles(files)
  }

  const name = face?.name ?? channel.name
  const showStop = answering && empty && !editing
  return (
    <div className="conversation-column relative pb-[max(16px,env(safe-area-inset-bottom))]">
      <div className="relative">
        {mention.open ? (
          <MentionList
            id={listId}
            options={mention.options}
            active={mention.active}
            onHover={mention.setActive}
            onPick={pick}
          />
        ) : null}
        <div className="overflow-hidden rounded-lg border border-line-strong bg-canvas transition-colors focus-within:border-control">
          {editing ? (
            <ComposerBar
              icon={Pencil}
              title={t('editing')}
              text={preview(editing)}
              closeLabel={t('cancelEdit')}
              onClose={onCancelEdit}
            >
              {channel.agentIds.length > 0 ? (
                <label className="flex min-h-8 items-center gap-1.5 rounded-sm px-1.5 text-meta text-soft pointer-coarse:min-h-10">
                  <input
                    type="checkbox"
                    checked={rerun}
                    onChange={(event) => setRerun(event.target.checked)}
                    className="size-4 accent-accent"
                  />
                  {t('rerun')}
                </label>
              ) : null}
            </ComposerBar>
          ) : replyTo ? (
            <ComposerBar
              icon={Reply}
              title={t('replying', { name: faces.ofMessage(replyTo)?.name ?? '' })}
              text={preview(replyTo)}
              closeLabel={t('cancelReply')}
              onClose={onCancelReply}
            />
          ) : null}
          {editing ? null : <UploadTray uploads={uploads.uploads} onRemove={uploads.remove} onRetry={uploads.retry} />}
          <div className="flex items-end gap-1 p-1.5">
            {editing ? null : (
              <>
                <IconButton icon={Paperclip} label={t('attach')} onClick={() => fileInput.current?.click()} />
                <input
                  ref={fileInput}
                  type="file"
                  multiple
                  hidden
                  onChange={(event) => {
                    addFiles([...(event.target.files ?? [])])
                    event.target.value = ''
                  }}
                />
              </>
            )}
            <textarea
              ref={field}
              rows={1}
              value={value}
              aria-label={t('label')}
              placeholder={
                narrow
                  ? t('label')
                  : channel.type === 'group'
                    ? t('placeholderGroup', { name })
                    : t('placeholder', { name })
              }
              enterKeyHint={enterSends ? 'send' : 'enter'}
              onChange={onChange}
              onKeyDown={onKeyDown}
              onPaste={onPaste}
              onSelect={(event) => mention.update(event.currentTarget)}
              onBlur={mention.close}
              {...(mention.open
                ? {
                    'aria-controls': listId,
                    'aria-activedescendant': `${listId}-${mention.active}`,
                    'aria-autocomplete': 'list',
                    'aria-haspopup': 'listbox',
                  }
                : {})}
              className={cx(
                'max-h-[40dvh] min-h-9 flex-1 resize-none overflow-y-auto bg-transparent py-1.5 text-body text-fg pointer-coarse:text-[16px]',
                editing && 'pl-2',
              )}
            />
            {showStop ? (
              <IconButton
                icon={Square}
                label={t('stopAll')}
                shortcut="mod+."
                tone="accent"
                onClick={() => void stop()}
                className="[&_svg]:size-3.5 [&_svg]:fill-current"
              />
            ) : (
              <>
                {answering && !editing ? (
                  <IconButton
                    icon={Square}
                    label={t('stopAll')}
                    shortcut="mod+."
                    onClick={() => void stop()}
                    className="[&_svg]:size-3.5 [&_svg]:fill-current"
                  />
                ) : null}
                <IconButton
                  icon={editing ? Check : ArrowUp}
                  label={editing ? t('saveEdit') : t('send')}
                  tone="accent"
                  disabled={!ready || saving}
                  onClick={() => void submit()}
                />
              </>
            )}
          </div>
          {value.length > COUNT_FROM ? (
            <p role="status" className={cx('tabular px-3.5 pb-2 text-small', over > 0 ? 'text-danger' : 'text-muted')}>
              {over > 0
                ? t('tooLong', { count: over })
                : t('long', { count: value.length, limit: formatNumber(LIMIT) })}
            </p>
          ) : null}
        </div>
      </div>
    </div>
  )
}
