import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/icon.tsx'
import { Input } from '../../../ui/input.tsx'
import { ALIAS_LIMIT, NAME_LIMIT, withAlias } from './about-fields.ts'

interface AliasFieldProps {
  aliases: readonly string[]
  /** The agent's name: it cannot be an alias as well. */
  name: string
  onChange: (aliases: readonly string[]) => void
  disabled: boolean
  id?: string
  'aria-describedby'?: string | undefined
}

/** Further names a mention may use, as chips. Enter or comma adds one, Backspace in the empty field takes the last away. */
export function AliasField({ aliases, name, onChange, disabled, ...rest }: AliasFieldProps) {
  const { t } = useTranslation('agents')
  const [text, setText] = useState('')
  const add = (): void => {
    const next = withAlias(aliases, name, text)
    if (next === null) return
    onChange(next)
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === ',' || event.key === '，') {
      event.preventDefault()
      add()
    } else if (event.key === 'Backspace' && text === '') onChange(aliases.slice(0, -1))
  }
  return (
    <div>
      {aliases.length > 0 ? (
        <ul className="mb-2 flex flex-wrap gap-1.5">
          {aliases.map((alias) => (
            <li key={alias}>
              <button
                type="button"
                disabled={disabled}
                aria-label={t('about.removeAlias', { name: alias })}
                onClick={() => onChange(aliases.filter((other) => other !== alias))}
                className="flex h-8 items-center gap-1.5 rounded-full bg-active pr-2 pl-3 text-meta text-fg transition-colors hover:bg-pressed pointer-coarse:h-10"
              >
                <span className="max-w-48 truncate">{alias}</span>
                <Icon icon={X} size={14} className="text-muted" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <Input
        value={text}
        maxLength={NAME_LIMIT}
        disabled={disabled || aliases.length >= ALIAS_LIMIT}
        placeholder={t('about.aliasPlaceholder')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
        {...rest}
      />
    </div>
  )
}
