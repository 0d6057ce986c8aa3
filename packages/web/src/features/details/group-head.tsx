import type { Channel } from '@parley/protocol/workspace'
import { Check, Pencil, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Input } from '../../ui/input.tsx'
import { useChannelFace } from '../chats/channel-face.ts'
import type { Membership } from './use-membership.ts'

/** Face and name; a group can be renamed and given an emoji. */
export function GroupHead({ channel, membership }: { channel: Channel; membership: Membership }) {
  const { t } = useTranslation('details')
  const face = useChannelFace(channel)
  const [editing, setEditing] = useState(false)
  if (face === null) return null
  const mayEdit = channel.type === 'group' && membership.mayManage
  return (
    <div className="flex flex-col items-center px-5 pt-6 pb-5 text-center">
      <Avatar id={face.id} name={face.name} avatar={face.avatar} shape={face.shape ?? 'round'} size={64} />
      {editing ? (
        <NameForm channel={channel} membership={membership} onDone={() => setEditing(false)} />
      ) : (
        <div className="mt-3 flex max-w-full items-center gap-1">
          <p className="min-w-0 truncate text-title font-semibold">{face.name}</p>
          {mayEdit ? <IconButton icon={Pencil} size="sm" label={t('rename')} onClick={() => setEditing(true)} /> : null}
        </div>
      )}
      {face.description && !editing ? <p className="mt-1 text-ui text-balance text-muted">{face.description}</p> : null}
    </div>
  )
}

function NameForm({ channel, membership, onDone }: { channel: Channel; membership: Membership; onDone: () => void }) {
  const { t } = useTranslation(['details', 'common'])
  const [name, setName] = useState(channel.name)
  const [avatar, setAvatar] = useState(channel.avatar)
  const [busy, setBusy] = useState(false)
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (name.trim() === '') return
    setBusy(true)
    try {
      await membership.update({ name: name.trim(), avatar: avatar.trim() })
      onDone()
    } catch {
      // The reason is on screen as a toast; the form stays for another try.
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
      className="mt-3 flex w-full items-center gap-1.5"
    >
      <Input
        aria-label={t('avatar')}
        value={avatar}
        maxLength={16}
        onChange={(event) => setAvatar(event.target.value)}
        className="max-w-14 text-center"
      />
      <Input
        aria-label={t('name')}
        value={name}
        maxLength={80}
        autoFocus
        onChange={(event) => setName(event.target.value)}
        className="min-w-0"
      />
      <IconButton type="submit" icon={Check} label={t('common:save')} disabled={busy || name.trim() === ''} />
      <IconButton icon={X} label={t('common:cancel')} onClick={onDone} />
    </form>
  )
}
