import { Eye, EyeOff } from 'lucide-react'
import { type KeyboardEvent, type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/icon-button.tsx'
import { Input } from '../../ui/input.tsx'

interface KeyFieldProps {
  value: string
  onChange: (value: string) => void
  readOnly: boolean
  ref: Ref<HTMLInputElement>
  id?: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean | undefined
}

/** The secret, hidden unless asked for, with a word when Caps Lock would spoil it. */
export function KeyField({ value, onChange, ref, ...rest }: KeyFieldProps) {
  const { t } = useTranslation('login')
  const [shown, setShown] = useState(false)
  const [caps, setCaps] = useState(false)
  const watchCaps = (event: KeyboardEvent): void => setCaps(event.getModifierState('CapsLock'))
  return (
    <>
      <div className="relative">
        <Input
          ref={ref}
          type={shown ? 'text' : 'password'}
          name="password"
          autoComplete="current-password"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={500}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={watchCaps}
          onKeyUp={watchCaps}
          onBlur={() => setCaps(false)}
          className="h-11 pr-12"
          {...rest}
        />
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={shown ? t('hide') : t('show')}
          pressed={shown}
          className="absolute top-1 right-1"
          onClick={() => setShown(!shown)}
        />
      </div>
      <p role="status" className="mt-1.5 text-meta text-warn empty:hidden">
        {caps ? t('capsLock') : ''}
      </p>
    </>
  )
}
