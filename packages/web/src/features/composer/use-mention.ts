import type { Channel } from '@parley/protocol/workspace'
import { type KeyboardEvent, useCallback, useState } from 'react'
import { type MentionQuery, mentionQueryAt } from './mention-query.ts'
import { filterMentions, type MentionOption, useMentionOptions } from './use-mention-options.ts'

/** The state of the mention list: what is searched, what is offered, which one is active. */
export function useMention(channel: Channel, value: string) {
  const all = useMentionOptions(channel)
  const [query, setQuery] = useState<MentionQuery | null>(null)
  const [active, setActive] = useState(0)
  const [dismissedAt, setDismissedAt] = useState(-1)
  const options = query ? filterMentions(all, query.text) : []
  const open = query !== null && options.length > 0 && query.start !== dismissedAt
  const close = useCallback(() => setQuery(null), [])

  const update = (element: HTMLTextAreaElement): void => {
    const next =
      element.selectionStart === element.selectionEnd ? mentionQueryAt(element.value, element.selectionStart) : null
    if (next?.start !== query?.start || next?.text !== query?.text) setActive(0)
    setQuery(next)
    if (next === null && value === '') setDismissedAt(-1)
  }

  const onKeyDown = (event: KeyboardEvent, pick: (option: MentionOption) => void): boolean => {
    if (!open) return false
    const option = options[active]
    if (event.key === 'ArrowDown') setActive((active + 1) % options.length)
    else if (event.key === 'ArrowUp') setActive((active - 1 + options.length) % options.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && option) pick(option)
    else if (event.key === 'Escape') setDismissedAt(query.start)
    else return false
    event.preventDefault()
    return true
  }

  return {
    open,
    query,
    options,
    active: Math.min(active, Math.max(0, options.length - 1)),
    setActive,
    update,
    close,
    onKeyDown,
  }
}
