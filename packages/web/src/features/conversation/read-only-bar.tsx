import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/icon.tsx'

/** In the place of the composer for guests. */
export function ReadOnlyBar() {
  const { t } = useTranslation('composer')
  return (
    <p className="flex min-h-14 items-center justify-center gap-2 border-t border-line px-4 pb-[env(safe-area-inset-bottom)] text-ui text-muted">
      <Icon icon={Eye} size={17} />
      {t('readOnly')}
    </p>
  )
}
