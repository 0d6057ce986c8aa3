import type { Provider } from '@parley/protocol/workspace'
import { ChevronRight, KeyRound, Server } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'
import { Icon } from '../../../ui/icon.tsx'

/** One provider; pressing it opens the form. Those of the environment are only shown. */
export function ProviderRow({ provider, onEdit }: { provider: Provider; onEdit: (() => void) | null }) {
  const { t } = useTranslation('settings')
  const fixed = provider.source === 'environment'
  const content = (
    <>
      <span className="flex size-9 shrink-0 items-center justify-center rounded-sm bg-active text-soft">
        <Icon icon={Server} size={18} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-ui font-medium text-fg">{provider.name}</span>
          {fixed ? <Badge>{t('models.environment')}</Badge> : null}
          {provider.hasKey ? (
            <Badge>
              <Icon icon={KeyRound} size={12} />
              {t('models.keyStored')}
            </Badge>
          ) : null}
        </span>
        <span className="mt-0.5 block truncate text-meta text-muted">
          {provider.baseUrl === '' ? t('models.usualAddress') : provider.baseUrl}
        </span>
        <span
          className={provider.models.length === 0 ? 'block text-meta text-warn' : 'block truncate text-meta text-muted'}
        >
          {provider.models.length === 0 ? t('models.noModels') : summary(provider)}
        </span>
        {fixed ? <span className="mt-1 block text-meta text-muted">{t('models.environmentNote')}</span> : null}
      </span>
    </>
  )
  const look = 'flex w-full items-center gap-3 rounded-md border border-line p-3 text-left'
  return (
    <li>
      {fixed || onEdit === null ? (
        <div className={look}>{content}</div>
      ) : (
        <button
          type="button"
          onClick={onEdit}
          className={`${look} transition-colors hover:border-line-strong hover:bg-hover`}
        >
          {content}
          <Icon icon={ChevronRight} size={17} className="text-faint" />
        </button>
      )}
    </li>
  )

  function summary({ models }: Provider): string {
    const shown = models.slice(0, 3).map((model) => model.name)
    const more = models.length - shown.length
    return more === 0 ? shown.join(' · ') : t('models.andMore', { names: shown.join(' · '), count: more })
  }
}
