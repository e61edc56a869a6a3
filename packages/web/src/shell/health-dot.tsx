import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { readinessQuery } from '#api/health.ts'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { useAfter } from '#components/ui/use-after.ts'
import { useProject } from '#project/use-project.ts'
import { Dot, type DotTone } from './dot.tsx'

const SystemDot = lazy(async () => ({ default: (await import('./system-dot.tsx')).SystemDot }))

/** What the page is opened for comes first. */
const LATER_MS = 5000

const TEXTS: Readonly<Record<Exclude<DotTone, 'warning'>, string>> = {
  ok: 'Server and storage answer',
  error: 'The storage does not answer',
  unknown: 'Asking the server',
}

/** Whether the server and its storage answer; for those who run them, how they fare too. */
export function HealthDot() {
  const { session } = useProject()
  const { data, error } = useQuery(readinessQuery)
  const isLater = useAfter(LATER_MS)
  const tone = data?.status === 'ready' ? 'ok' : data !== undefined || error !== null ? 'error' : 'unknown'
  const answering = (
    <Tooltip text={TEXTS[tone]} side="right">
      <span role="status" aria-label={TEXTS[tone]} className="grid size-7 shrink-0 place-items-center">
        <Dot tone={tone} />
      </span>
    </Tooltip>
  )
  if (tone !== 'ok' || !session.isOperator || !isLater) return answering
  return (
    <Suspense fallback={answering}>
      <SystemDot otherwise={answering} />
    </Suspense>
  )
}
