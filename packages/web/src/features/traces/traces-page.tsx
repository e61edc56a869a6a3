import { keepPreviousData, type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, lazyRouteComponent, useRouter } from '@tanstack/react-router'
import { type TraceListRowDto, TraceTailDto } from '@xtrace/contract'
import { tracesQuery } from '#api/explore.ts'
import { Explorer } from '#components/explorer/explorer.tsx'
import { refOf } from '#components/explorer/ref-of.ts'
import { useExplorer } from '#components/explorer/use-explorer.ts'
import { useFetchAhead } from '#components/explorer/use-fetch-ahead.ts'
import { TRACE_COLUMNS } from './trace-columns.tsx'

/** Needed once something is peeked at. */
const TraceRowPeek = lazyRouteComponent(() => import('./trace-row-peek.tsx'), 'TraceRowPeek')

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
  useFetchAhead(list.isSuccess, TraceRowPeek)
  const open = ({ id, time }: OpenedRow, { isNewTab }: { readonly isNewTab: boolean }) => {
    const place = {
      to: '/p/$project/traces/$trace',
      params: { project: project.id, trace: id },
      search: { ...table.viewOf(id), ref: refOf('traces', explored, { time }) },
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
        <TraceRowPeek
          project={project.id}
          search={table.search}
          {...peek}
          onOpen={() => open({ id: peek.id, time: peek.row?.time }, { isNewTab: false })}
        />
      )}
    />
  )
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

/** The shape of its trace, what went in and what came out. */
async function readPeek(client: QueryClient, project: string, ahead: Ahead): Promise<void> {
  const { readTracePayloadsAhead } = await import('#api/read-ahead.ts')
  readTracePayloadsAhead(client, { project, id: ahead.row.id, signal: ahead.signal })
  await readAhead(client, project, ahead)
}
