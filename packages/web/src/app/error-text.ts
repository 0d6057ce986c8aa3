import { useTranslation } from 'react-i18next'
import { ApiError } from '../sync/api/error.ts'

/** Turns any error into a translated sentence that says what to do next. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation('errors')
  return (error) => {
    if (!(error instanceof ApiError)) return t('unknown')
    switch (error.status) {
      case 0:
        return t('http_0')
      case 400:
        return t('http_400')
      case 401:
        return t('http_401')
      case 403:
        return t('http_403')
      case 404:
        return t('http_404')
      case 409:
        return t('http_409')
      case 413:
        return t('http_413')
      case 429:
        return t('http_429', { count: error.retryAfter ?? 5 })
      case 501:
        return t('http_501')
      default:
        return t('http_500')
    }
  }
}
