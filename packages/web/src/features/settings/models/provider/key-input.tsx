import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui/button.tsx'
import { IconButton } from '../../../../ui/icon-button.tsx'
import { Input } from '../../../../ui/input.tsx'

interface KeyInputProps {
  /** Null keeps the stored key, empty removes it. */
  value: string | null
  hasKey: boolean
  onChange: (value: string | null) => void
  id?: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean | undefined
}

/** An API key: it goes in and never comes out, so a stored one can only be kept, replaced or removed. */
export function KeyInput({ value, hasKey, onChange, ...rest }: KeyInputProps) {
  const { t } = useTranslation('settings')
  const [shown, setShown] = useState(false)
  return (
    <div className="flex items-center gap-2">
      <div className="relative min-w-0 flex-1">
        <Input
          type={shown ? 'text' : 'password'}
          autoComplete="off"
          spellCheck={false}
          maxLength={500}
          value={value ?? ''}
          placeholder={hasKey && value === null ? t('provider.keyStored') : hasKey ? t('provider.keyRemoved') : ''}
          onChange={(event) => onChange(event.target.value === '' && hasKey ? null : event.target.value)}
          className="pr-11 font-mono"
          {...rest}
        />
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={shown ? t('provider.hideKey') : t('provider.showKey')}
          pressed={shown}
          disabled={(value ?? '') === ''}
          className="absolute top-0.5 right-0.5"
          onClick={() => setShown(!shown)}
        />
      </div>
      {hasKey && value === null ? (
        <Button variant="quiet" onClick={() => onChange('')}>
          {t('provider.removeKey')}
        </Button>
      ) : null}
      {hasKey && value === '' ? (
        <Button variant="quiet" onClick={() => onChange(null)}>
          {t('provider.keepKey')}
        </Button>
      ) : null}
    </div>
  )
}
