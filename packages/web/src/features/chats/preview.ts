import type { Message } from '@parley/protocol/workspace'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNotice } from './notices.ts'
import { plainText } from './plain-text.ts'

/** One line about a message: its text without markup, or words for what has none. */
export function usePreview(): (message: Message) => string {
  const { t } = useTranslation('chat')
  const notice = useNotice()
  return useCallback(
    (message) => {
      const { metadata } = message
      if (metadata.deletedAt !== undefined) return t('deleted')
      if (metadata.notice) return notice(metadata.notice)
      const text = plainText(message.content)
      if (text !== '') return text
      if (metadata.answer?.status === 'failed') return t('preview.failed')
      if (metadata.answer?.status === 'streaming') return t('preview.writing')
      if (metadata.answer?.status === 'stopped') return t('preview.stopped')
      const [first, ...rest] = metadata.attachments ?? []
      if (first === undefined) return ''
      if (rest.length > 0) return t('preview.files', { count: rest.length + 1 })
      return first.mime.startsWith('image/') ? t('preview.image') : t('preview.file', { name: first.name })
    },
    [t, notice],
  )
}
