import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan, useSettings } from '../../../app/queries.ts'
import { Callout } from '../../../ui/callout.tsx'

/** While no model is connected: says who answers, and where to connect one. For those who may. */
export function ModelHint() {
  const { t } = useTranslation('chat')
  const mayConnect = useCan('admin')
  const { data } = useSettings(mayConnect)
  if (!mayConnect || data === undefined || data.providers.length > 0 || data.defaultModel !== '') return null
  return (
    <div className="mx-auto mt-5 max-w-110 text-left">
      <Callout
        title={t('noModel.title')}
        action={
          <Link
            to="/settings/$section"
            params={{ section: 'models' }}
            className="font-medium text-accent-text hover:underline"
          >
            {t('noModel.action')}
          </Link>
        }
      >
        {t('noModel.text')}
      </Callout>
    </div>
  )
}
