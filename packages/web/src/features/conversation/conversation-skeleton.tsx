import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../ui/skeleton.tsx'

/** A conversation before it is known: header, messages and composer in their places. */
export function ConversationSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col" aria-busy="true">
      <div className="flex h-14 items-center gap-3 border-b border-line px-5">
        <Skeleton className="size-8 rounded-full" />
        <div>
          <Skeleton className="h-3.5 w-32" />
          <Skeleton className="mt-1.5 h-3 w-20" />
        </div>
      </div>
      <MessagesSkeleton />
    </div>
  )
}

export function MessagesSkeleton() {
  const { t } = useTranslation('common')
  return (
    <div role="status" aria-label={t('loading')} className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden">
      <div className="conversation-column flex w-full flex-col gap-7 pb-6">
        {['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4'].map((width, index) => (
          <div key={width} className="flex gap-3">
            <Skeleton className="size-9 rounded-md" />
            <div className="flex-1">
              <Skeleton className="h-3.5 w-24" />
              <Skeleton className={`mt-2.5 h-3.5 ${width}`} />
              {index % 2 ? <Skeleton className="mt-2 h-3.5 w-1/2" /> : null}
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}
