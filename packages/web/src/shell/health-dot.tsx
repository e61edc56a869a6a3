import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { readinessQuery } from '#api/health.ts'
import { Tooltip } from '#components/ui/tooltip.tsx'

/** Whether the server and its storage answer. The words come with it: colour is the second signal. */
export function HealthDot() {
  const { data, error } = useQuery(readinessQuery)
  const isReady = data?.status === 'ready'
  const isKnown = data !== undefined || error !== null
  const text = isReady ? 'Server and storage answer' : isKnown ? 'The storage does not answer' : 'Asking the server'
  return (
    <Tooltip text={text} side="right">
      <span role="status" aria-label={text} className="grid size-7 shrink-0 place-items-center">
        <span
          className={clsx(
            'size-2',
            isReady ? 'rounded-full bg-ok' : isKnown ? 'rotate-45 bg-error' : 'rounded-full bg-control',
          )}
        />
      </span>
    </Tooltip>
  )
}
