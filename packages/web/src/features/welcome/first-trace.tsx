import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { newestTraceQuery } from '#api/newest-trace.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { useAnnounced } from '#components/ui/announcer.tsx'
import { buttonLook } from '#components/ui/button.tsx'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { useProject } from '#project/use-project.ts'
import { LoadDemo } from './load-demo.tsx'

/** Waits for a trace that is newer than this page, and shows it without a reload. */
export function FirstTrace() {
  const { project } = useProject()
  const time = useTimeFormat()
  const [openedAt] = useState(() => Date.now())
  const { data, error } = useQuery(newestTraceQuery(project.id))
  const isNew = data !== undefined && data !== null && data.time >= openedAt
  const label = isNew ? 'It is here:' : 'The newest so far:'
  const name = data?.name ?? data?.id ?? ''
  useAnnounced('first trace', name === '' ? '' : `${label} ${name}`)
  if (error) return <ErrorState error={error} doing="look for traces" />
  if (!data)
    return (
      <div className="flex flex-col gap-3">
        <Listening />
        {data === null ? <LoadDemo /> : null}
      </div>
    )
  const params = { project: project.id, trace: data.id }
  return (
    <div className="flex flex-col gap-3">
      {isNew ? null : <Listening />}
      <div className="flex animate-appear flex-wrap items-center gap-3 rounded-6 border bg-surface px-3 py-2">
        {isNew ? <Check size={16} strokeWidth={1.5} className="text-ok" aria-hidden /> : null}
        <span className="min-w-0 flex-1 truncate">
          {label} <span className="font-medium">{name}</span>
          <span className="text-text-3"> {time.when(data.time, Date.now())}</span>
        </span>
        <Link
          to="/p/$project/traces/$trace"
          params={params}
          className={buttonLook({ kind: isNew ? 'primary' : 'plain' })}
        >
          Open
        </Link>
      </div>
    </div>
  )
}

function Listening() {
  return (
    <p role="status" className="flex items-center gap-2">
      <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
      Listening for a trace
    </p>
  )
}
