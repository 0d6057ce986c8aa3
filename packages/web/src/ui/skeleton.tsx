import { cx } from './classes.ts'

/** A grey shape of what is about to appear. Put `aria-busy` on the region around it. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx('block animate-pulse rounded-sm bg-active', className)} />
}

/** Rows of a list with avatar and two lines. */
export function SkeletonRows({ count = 6 }: { count?: number }) {
  return (
    <div aria-hidden="true" className="flex flex-col gap-1 p-2">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex items-center gap-3 px-2 py-2.5">
          <Skeleton className="size-10 rounded-md" />
          <div className="flex-1">
            <Skeleton className={index % 2 ? 'h-3.5 w-1/2' : 'h-3.5 w-2/3'} />
            <Skeleton className={index % 3 ? 'mt-2 h-3 w-4/5' : 'mt-2 h-3 w-3/5'} />
          </div>
        </div>
      ))}
    </div>
  )
}
