import { ImageUp, Pencil } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { ApiError } from '../../../sync/api/error.ts'
import { uploadFile } from '../../../sync/api/upload.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Input } from '../../../ui/input.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { agentEmoji, firstEmoji, personEmoji } from './emoji.ts'
import { squareImage } from './square-image.ts'

interface AvatarPickerProps {
  /** Decides the tint of an emoji. */
  id: string
  name: string
  avatar: string
  kind: 'agent' | 'person'
  onChange: (avatar: string) => void
}

/** Shows a face and lets one choose another: an emoji, an own picture, or the initial. */
export function AvatarPicker({ id, name, avatar, kind, onChange }: AvatarPickerProps) {
  const { t } = useTranslation('people')
  const [open, setOpen] = useState(false)
  const pick = (next: string): void => {
    onChange(next)
    setOpen(false)
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('avatar.change')}
      className="w-80 max-w-[calc(100vw-24px)] p-3"
      trigger={
        <button
          type="button"
          aria-label={t('avatar.change')}
          className="group relative shrink-0 self-start rounded-[20px]"
        >
          <Avatar id={id} name={name} avatar={avatar} size={88} shape={kind === 'agent' ? 'square' : 'round'} />
          <span className="absolute -right-1 -bottom-1 flex size-8 items-center justify-center rounded-full border border-line-strong bg-canvas text-muted transition-colors group-hover:text-fg">
            <Icon icon={Pencil} size={15} />
          </span>
        </button>
      }
    >
      <EmojiGrid emoji={kind === 'agent' ? agentEmoji : personEmoji} current={avatar} onPick={pick} />
      <div className="mt-2 flex flex-col gap-2 border-t border-line pt-3">
        <Input
          aria-label={t('avatar.other')}
          placeholder={t('avatar.other')}
          className="text-ui"
          onChange={(event) => {
            const emoji = firstEmoji(event.target.value)
            if (emoji !== null) pick(emoji)
          }}
        />
        <UploadPicture onDone={pick} />
        {avatar === '' ? null : (
          <Button size="sm" variant="quiet" onClick={() => pick('')}>
            {t('avatar.initial')}
          </Button>
        )}
      </div>
    </Popover>
  )
}

function EmojiGrid({
  emoji,
  current,
  onPick,
}: {
  emoji: readonly string[]
  current: string
  onPick: (emoji: string) => void
}) {
  const { t } = useTranslation('people')
  return (
    <div role="group" aria-label={t('avatar.emoji')} className="grid grid-cols-8 gap-0.5">
      {emoji.map((sign) => (
        <button
          key={sign}
          type="button"
          aria-pressed={sign === current}
          onClick={() => onPick(sign)}
          className={cx(
            'flex aspect-square items-center justify-center rounded-sm text-[20px] leading-none transition-colors hover:bg-hover pointer-coarse:min-h-10',
            sign === current && 'bg-accent-ground',
          )}
        >
          {sign}
        </button>
      ))}
    </div>
  )
}

function UploadPicture({ onDone }: { onDone: (url: string) => void }) {
  const { t } = useTranslation('people')
  const errorText = useErrorText()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const upload = async (file: File): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      onDone((await uploadFile(await squareImage(file))).url)
    } catch (error) {
      setProblem(error instanceof ApiError ? errorText(error) : t('avatar.notPicture'))
      setBusy(false)
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void upload(file)
        }}
      />
      <Button size="sm" icon={ImageUp} busy={busy} onClick={() => input.current?.click()}>
        {t('avatar.upload')}
      </Button>
      {problem === '' ? null : (
        <p role="alert" className="text-meta text-danger">
          {problem}
        </p>
      )}
    </>
  )
}
