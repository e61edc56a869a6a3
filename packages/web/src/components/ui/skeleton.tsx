import { clsx } from 'clsx'
import { useAfter } from './use-after.ts'

/** Nothing is shown for waits that nobody notices. */
const SHOWN_AFTER_MS = 120

/** The place of something that is on its way, in the size that it will have. */
export function Skeleton({ className }: { readonly className?: string }) {
  const isShown = useAfter(SHOWN_AFTER_MS)
  return <div aria-hidden className={clsx('rounded-4', isShown && 'animate-pulse bg-sunken', className)} />
}

/** Rows of a table on their way, `height` px each. */
export function SkeletonRows({ count, height = 28 }: { readonly count: number; readonly height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same
        <div key={row} className="flex items-center gap-4 border-b px-3" style={{ height }}>
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  )
}
