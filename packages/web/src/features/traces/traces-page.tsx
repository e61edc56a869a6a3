import { keepPreviousData, type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, lazyRouteComponent, useRouter } from '@tanstack/react-router'
import { type TraceListRowDto, TraceTailDto } from '@xtrace/contract'
import { useEffect } from 'react'
import { tracesQuery } from '#api/explore.ts'
import { Explorer } from '#components/explorer/explorer.tsx'
import { refOf } from '#components/explorer/ref-of.ts'
import { useExplorer } from '#components/explorer/use-explorer.ts'
import { useAfterPaint } from '#components/ui/use-after-paint.ts'
import { TRACE_COLUMNS } from './trace-columns.tsx'

/** What reads conversations is needed once something is peeked at. */
const TracePeek = lazyRouteComponent(() => import('./trace-peek.tsx'), 'TracePeek')

const route = getRouteApi('/p/$project/traces')

interface OpenedRow {
  readonly id: string
  /** Undefined for one that the list does not hold. */
  readonly time?: number | undefined
}

/** Traces of the time range that match the filter, the newest first. */
export function TracesPage() {
  const table = useExplorer('traces', route.useSearch())
  const { project, explored, listed } = table
  const router = useRouter()
  const client = useQueryClient()
  const list = useInfiniteQuery({ ...tracesQuery(project.id, listed), placeholderData: keepPreviousData })
  useFetchAhead(list.isSuccess)
  const open = ({ id, time }: OpenedRow, { isNewTab }: { readonly isNewTab: boolean }) => {
    const place = {
      to: '/p/$project/traces/$trace',
      params: { project: project.id, trace: id },
      search: { ref: refOf('traces', explored, { time }) },
    } as const
    if (isNewTab) window.open(router.buildLocation(place).href, '_blank', 'noopener')
    else void router.navigate(place)
  }
  return (
    <Explorer<TraceListRowDto>
      table={table}
      title="Traces"
      columns={TRACE_COLUMNS}
      list={list}
      hasError={({ errors }) => errors > 0}
      onOpen={open}
      tail={TraceTailDto}
      readAhead={(row, signal) => readAhead(client, project.id, { row, signal })}
      readPeek={(row, signal) => readPeek(client, project.id, { row, signal })}
      renderPeek={(peek) => (
        <TracePeek
          key={peek.id}
          project={project.id}
          {...peek}
          onOpen={() => open({ id: peek.id, time: peek.row?.time }, { isNewTab: false })}
        />
      )}
    />
  )
}

/** What opens from the list is fetched once its rows are seen. */
function useFetchAhead(hasRows: boolean): void {
  const router = useRouter()
  const isShown = useAfterPaint(hasRows)
  useEffect(() => {
    if (!isShown) return
    // What fails is asked for again when it is needed, and shown then.
    router.loadRouteChunk(router.routesByPath['/p/$project/traces/$trace'])?.catch(() => {})
    TracePeek.preload?.()?.catch(() => {})
  }, [isShown, router])
}

interface Ahead {
  readonly row: TraceListRowDto
  readonly signal: AbortSignal
}

/** What reads traces comes with the page of a trace, which is fetched ahead, too. */
async function readAhead(client: QueryClient, project: string, { row, signal }: Ahead): Promise<void> {
  const { MOST_AHEAD, readTraceAhead } = await import('#api/read-ahead.ts')
  if (row.observations <= MOST_AHEAD) readTraceAhead(client, { project, id: row.id, signal })
}

async function readPeek(client: QueryClient, project: string, { row, signal }: Ahead): Promise<void> {
  const { readTracePeek } = await import('#api/read-ahead.ts')
  readTracePeek(client, { project, id: row.id, signal })
}
