import type { Message } from '@parley/protocol/workspace'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/queries.ts'
import { useSession } from '../../app/sync-context.tsx'
import type { ChannelClient } from '../../sync/channel/channel.ts'
import { messagesOf } from '../../sync/channel/state.ts'
import { useFaces } from '../chats/channel-face.ts'
import { plainText } from '../chats/plain-text.ts'
import { usePreview } from '../chats/preview.ts'
import { finishedSentences } from './sentences.ts'

/** How often a screen reader gets the next sentences of an answer. */
const SPEAK_MS = 2_500

/** Says new messages, and answers being written in whole sentences, to assistive technology. Nothing is shown. */
export function Announcer({ client }: { client: ChannelClient }) {
  const { t } = useTranslation('chat')
  const { live } = useSession()
  const faces = useFaces()
  const preview = usePreview()
  const me = useMe()
  const [words, setWords] = useState('')
  const speak = useRef<(message: Message, before: Message | undefined) => string>(() => '')
  speak.current = (message, before) => {
    const name = faces.ofMessage(message)?.name ?? ''
    const status = message.metadata.answer?.status
    if (before === undefined && status === 'streaming') return t('answer.announceStart', { name })
    if (status === 'failed' && before?.metadata.answer?.status !== 'failed') return t('answer.announceFailed', { name })
    if (before?.metadata.answer?.status === 'streaming' && status === 'done') return t('answer.announceDone', { name })
    return before === undefined ? t('answer.announceMessage', { name, text: preview(message) }) : ''
  }

  useEffect(() => {
    const spoken = new Map<string, number>()
    let known = new Map(client.store.getState().log.messages)
    let timer: ReturnType<typeof setInterval> | undefined
    const readOn = (): void => {
      const running = messagesOf(client.store.getState().log).filter(
        (message) => message.metadata.answer?.status === 'streaming',
      )
      if (running.length === 0) {
        clearInterval(timer)
        timer = undefined
      }
      for (const message of running) {
        const text = live.get(message.id)?.text ?? ''
        const from = spoken.get(message.id) ?? 0
        const end = finishedSentences(text, from)
        if (end > from) setWords(plainText(text.slice(from, end)))
        spoken.set(message.id, end)
      }
    }
    const unsubscribe = client.store.subscribe(({ log }) => {
      const tail = log.tail.ids.slice(-10)
      for (const id of tail) {
        const message = log.messages.get(id)
        if (message === undefined || message === known.get(id) || message.userId === me.id) continue
        // Pages bring old messages; only what is new at the end is said.
        const said = speak.current(message, known.get(id))
        if (said !== '') setWords(said)
        if (message.metadata.answer?.status === 'streaming') timer ??= setInterval(readOn, SPEAK_MS)
      }
      known = new Map(log.messages)
    })
    return () => {
      unsubscribe()
      clearInterval(timer)
    }
  }, [client, live, me.id])

  return (
    <div aria-live="polite" aria-atomic="true" className="sr-only">
      {words}
    </div>
  )
}
