import type { Role } from '@parley/protocol/workspace'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/select.tsx'

export type GrantableRole = Exclude<Role, 'owner'>

interface RoleSelectProps {
  value: GrantableRole
  onChange: (role: GrantableRole) => void
  disabled?: boolean
  id?: string
  'aria-describedby'?: string | undefined
}

/** The roles the owner can give, with what they allow. */
export function RoleSelect(props: RoleSelectProps) {
  const { t } = useTranslation(['people', 'common'])
  return (
    <Select<GrantableRole>
      {...props}
      options={[
        { value: 'admin', label: t('common:role.admin'), note: t('roles.admin') },
        { value: 'member', label: t('common:role.member'), note: t('roles.member') },
        { value: 'guest', label: t('common:role.guest'), note: t('roles.guest') },
      ]}
    />
  )
}
