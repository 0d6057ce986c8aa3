import type { MessageMetadata } from '@parley/protocol/workspace'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

type Notice = NonNullable<MessageMetadata['notice']>

/** The words of a line the system wrote. An unknown code (of a newer server) still says that something happened. */
export function useNotice(): (notice: Notice) => string {
  const { t } = useTranslation('chat')
  return useCallback(
    (notice) => {
      const values = notice.values ?? {}
      if (notice.code !== 'loop_guard') return t('notice.other')
      const names = { agent: String(values.agent ?? ''), called: String(values.called ?? '') }
      const count = Number(values.limit ?? 0)
      if (values.reason === 'perPair') return t('notice.loopPair', { ...names, count })
      return t('notice.loop', { ...names, count })
    },
    [t],
  )
}
