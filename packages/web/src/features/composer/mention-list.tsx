import { Users } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/icon.tsx'
import type { MentionOption } from './use-mention-options.ts'

export interface MentionListProps {
  id: string
  options: readonly MentionOption[]
  active: number
  onHover: (index: number) => void
  onPick: (option: MentionOption) => void
}

/** Members offered while an `@` is written. The text field keeps the focus and names the active one. */
export function MentionList({ id, options, active, onHover, onPick }: MentionListProps) {
  const { t } = useTranslation('composer')
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    // Some browsers return a promise here, which is no clean-up.
    void list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <ul
      ref={list}
      id={id}
      role="listbox"
      aria-label={t('mentions')}
      className="absolute bottom-full left-0 z-30 mb-2 max-h-72 w-full max-w-90 animate-pop-in overflow-y-auto rounded-md bg-canvas p-1 shadow-float"
    >
      {options.map((option, index) => (
        <li
          key={option.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onPointerMove={() => onHover(index)}
          // Before the click the field would lose its focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
          className={cx('flex min-h-11 items-center gap-2.5 rounded-sm px-2 py-1', index === active && 'bg-hover')}
        >
          {option.face ? (
            <Avatar
              id={option.face.id}
              name={option.face.name}
              avatar={option.face.avatar}
              shape={option.face.shape ?? 'round'}
              size={32}
            />
          ) : (
            <span className="flex size-8 items-center justify-center rounded-full bg-active text-soft">
              <Icon icon={Users} size={17} />
            </span>
          )}
          <span className="min-w-0 flex-1">
            <span className="block truncate text-ui leading-5 font-medium">{option.name}</span>
            {option.note ? <span className="block truncate text-small text-muted">{option.note}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  )
}
