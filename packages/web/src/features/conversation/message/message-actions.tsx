import type { Message } from '@parley/protocol/workspace'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../../ui/classes.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, type MenuEntry } from '../../../ui/menu.tsx'
import { type MessageAction, useMessageActions } from './use-message-actions.ts'

/** In the toolbar itself; the rest is behind “more”. */
const QUICK: readonly MessageAction['key'][] = ['reply', 'copy', 'edit', 'retry']

/** The actions of a message, beside its text: a toolbar where there is room, one button where there is not. */
export function MessageActions({ message, align = 'start' }: { message: Message; align?: 'start' | 'end' }) {
  const { t } = useTranslation('chat')
  const [open, setOpen] = useState(false)
  const actions = useMessageActions(message)
  if (actions.length === 0) return <span />
  const quick = actions.filter((action) => QUICK.includes(action.key))
  const rest = actions.filter((action) => !QUICK.includes(action.key))
  const visibility = cx(
    'transition-opacity group-focus-within/row:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-60',
    open ? 'opacity-100' : 'opacity-0',
  )
  return (
    <div
      role="toolbar"
      aria-label={t('actions.toolbar')}
      className={cx('message-actions', align === 'end' && 'justify-end', visibility)}
    >
      <span className="message-actions-wide">
        {quick.map((action) => (
          <IconButton key={action.key} size="sm" icon={action.icon} label={action.label} onClick={action.run} />
        ))}
        <Menu
          trigger={<IconButton size="sm" icon={Ellipsis} label={t('actions.more')} />}
          entries={entriesOf(rest)}
          onOpenChange={setOpen}
        />
      </span>
      <span className="message-actions-narrow">
        <Menu
          trigger={<IconButton size="sm" icon={Ellipsis} label={t('actions.more')} />}
          entries={entriesOf(actions)}
          onOpenChange={setOpen}
        />
      </span>
    </div>
  )
}

function entriesOf(actions: readonly MessageAction[]): readonly MenuEntry[] {
  return actions.flatMap((action): MenuEntry[] => {
    const entry: MenuEntry = {
      key: action.key,
      label: action.label,
      icon: action.icon,
      onSelect: action.run,
      ...(action.tone ? { tone: action.tone } : {}),
    }
    return action.tone === 'danger' ? ['separator', entry] : [entry]
  })
}
