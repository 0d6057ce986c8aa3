import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../../app/error-text.ts'
import { Callout } from '../../../../ui/callout.tsx'
import { useFailureWords } from './failure-words.ts'
import { formatLatency } from './format-latency.ts'
import type { useProviderTest } from './use-provider-test.ts'

/** Failures our own words say completely. */
const SELF_EVIDENT: ReadonlySet<string> = new Set(['unreachable', 'timeout', 'auth'])

/** How the last test went: the time it took, or why it failed and what to do. */
export function TestResult({ test }: { test: ReturnType<typeof useProviderTest> }) {
  const { t } = useTranslation('settings')
  const errorText = useErrorText()
  const wordsOf = useFailureWords()
  if (test.isPending) return null
  if (test.error) return <Callout tone="danger">{errorText(test.error)}</Callout>
  const { data } = test
  if (!data) return null
  if (data.ok && !data.failure) {
    return (
      <Callout tone="success">
        {t('provider.works', { count: data.models.length, time: formatLatency(data.latencyMs) })}
      </Callout>
    )
  }
  const { failure } = data
  return (
    <Callout tone="danger" title={failure ? wordsOf(failure.class) : t('failure.bad_request')}>
      {failure && failure.message !== '' && !SELF_EVIDENT.has(failure.class) ? (
        <span className="break-words">{t('provider.serverSaid', { message: failure.message })}</span>
      ) : null}
    </Callout>
  )
}
