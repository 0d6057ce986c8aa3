import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { totalUnread } from '../../sync/inbox/list.ts'
import { useInbox } from '../live.ts'

/** Unread messages over all chats, with the words for assistive technology. */
export function useUnread(): { count: number; mentions: number; label: string } {
  const { t } = useTranslation('shell')
  const { channels } = useInbox()
  const totals = useMemo(() => totalUnread(channels), [channels])
  return { ...totals, label: t('unread', { count: totals.count }) }
}
