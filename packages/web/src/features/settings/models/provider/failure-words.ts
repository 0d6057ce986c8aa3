import { useTranslation } from 'react-i18next'
import type { RouteReply } from '../../../../sync/api/routes.ts'

type FailureClass = NonNullable<RouteReply<'testProvider'>['failure']>['class']

/** What went wrong with a model server, and what to do about it. */
export function useFailureWords(): (failure: FailureClass) => string {
  const { t } = useTranslation('settings')
  return (failure) => {
    switch (failure) {
      case 'unreachable':
        return t('failure.unreachable')
      case 'timeout':
        return t('failure.timeout')
      case 'rate_limited':
        return t('failure.rate_limited')
      case 'auth':
        return t('failure.auth')
      case 'model_missing':
        return t('failure.model_missing')
      case 'server':
        return t('failure.server')
      case 'empty':
        return t('failure.empty')
      default:
        return t('failure.bad_request')
    }
  }
}
