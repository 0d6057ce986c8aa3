import type { Channel } from '@parley/protocol/workspace'
import { useNavigate } from '@tanstack/react-router'
import { LogOut, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/queries.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useChannelFace } from '../chats/channel-face.ts'
import { Section } from './section.tsx'
import type { Membership } from './use-membership.ts'

/** Leaving and deleting, each after a question that names what is lost. */
export function DangerZone({ channel, membership }: { channel: Channel; membership: Membership }) {
  const { t } = useTranslation('details')
  const me = useMe()
  const navigate = useNavigate()
  const name = useChannelFace(channel)?.name ?? channel.name
  const [asking, setAsking] = useState<'leave' | 'delete' | null>(null)
  const group = channel.type === 'group'
  const away = (): void => void navigate({ to: '/chats' })
  if (!group && !membership.mayDelete) return null
  return (
    <Section title={t('danger')}>
      <div className="-mx-2 flex flex-col items-start">
        {group ? (
          <Button
            variant="danger-quiet"
            icon={LogOut}
            onClick={() => setAsking('leave')}
            className="w-full justify-start"
          >
            {t('leave')}
          </Button>
        ) : null}
        {membership.mayDelete ? (
          <Button
            variant="danger-quiet"
            icon={Trash2}
            onClick={() => setAsking('delete')}
            className="w-full justify-start"
          >
            {group ? t('delete') : t('deleteChat')}
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        open={asking === 'leave'}
        onOpenChange={(open) => !open && setAsking(null)}
        title={t('leaveTitle', { name })}
        description={t('leaveText')}
        confirmLabel={t('leaveConfirm')}
        onConfirm={async () => {
          await membership.remove(me.id)
          away()
        }}
      />
      <ConfirmDialog
        open={asking === 'delete'}
        onOpenChange={(open) => !open && setAsking(null)}
        title={t('deleteTitle', { name })}
        description={t('deleteText')}
        confirmLabel={t('deleteConfirm')}
        onConfirm={async () => {
          await membership.destroy()
          away()
        }}
      />
    </Section>
  )
}
