import { WrapText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { languageLabel } from '../highlight/languages.ts'
import { useHighlight } from '../highlight/use-highlight.ts'
import { CodeLine } from './code-line.tsx'

/** Code with its header: what it is, wrap, copy. */
export function SourceBox({
  code,
  word,
  actions,
}: {
  readonly code: string
  readonly word: string
  readonly actions?: React.ReactNode
}) {
  const { t } = useTranslation('markdown')
  const [wrap, setWrap] = useState(false)
  const label = languageLabel(word)
  return (
    <figure className="md-code" dir="ltr" aria-label={label === '' ? t('code') : t('codeIn', { language: label })}>
      <figcaption className="md-code-head">
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {actions}
        <button
          type="button"
          aria-label={t('wrapLines')}
          title={t('wrapLines')}
          aria-pressed={wrap}
          className="inline-flex size-7 items-center justify-center rounded-sm text-muted transition-colors hover:bg-active hover:text-fg aria-pressed:text-accent-text pointer-coarse:size-10"
          onClick={() => setWrap(!wrap)}
        >
          <Icon icon={WrapText} size={14} />
        </button>
        <CopyButton text={() => code} label={t('copy')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0} data-wrap={wrap || undefined}>
        <CodeText code={code} word={word} />
      </pre>
    </figure>
  )
}

function CodeText({ code, word }: { readonly code: string; readonly word: string }) {
  const lines = useHighlight(code, word)
  if (lines.length === 0) return <code>{code}</code>
  const rest = code.split('\n').slice(lines.length)
  return (
    <code>
      {lines.map((tokens, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever appended.
        <CodeLine key={index} tokens={tokens} />
      ))}
      {rest.join('\n')}
    </code>
  )
}
