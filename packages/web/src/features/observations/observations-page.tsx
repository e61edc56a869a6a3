import { keepPreviousData, type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, lazyRouteComponent, useRouter } from '@tanstack/react-router'
import { type ObservationListRowDto, ObservationTailDto } from '@xtrace/contract'
import { observationsQuery } from '#api/explore.ts'
import { Explorer } from '#components/explorer/explorer.tsx'
import { refOf } from '#components/explorer/ref-of.ts'
import { useExplorer } from '#components/explorer/use-explorer.ts'
import { useFetchAhead } from '#components/explorer/use-fetch-ahead.ts'
import { OBSERVATION_COLUMNS } from './observation-columns.tsx'

/** Needed once something is peeked at. */
const ObservationPeek = lazyRouteComponent(() => import('./observation-peek.tsx'), 'ObservationPeek')

const route = getRouteApi('/p/$project/observations')

interface OpenedRow {
  readonly id: string
  readonly traceId: string
  /** Undefined for one that the list does not hold. */
  readonly time?: number | undefined
}

/** Observations of the time range that match the filter, the newest first. */
export function ObservationsPage() {
  const table = useExplorer('observations', route.useSearch())
  const { project, explored, listed } = table
  const router = useRouter()
  const client = useQueryClient()
  const list = useInfiniteQuery({ ...observationsQuery(project.id, listed), placeholderData: keepPreviousData })
  useFetchAhead(list.isSuccess, ObservationPeek)
  const open = ({ id, traceId, time }: OpenedRow, { isNewTab }: { readonly isNewTab: boolean }) => {
    const view = table.viewOf(id)
    const place = {
      to: '/p/$project/traces/$trace',
      params: { project: project.id, trace: traceId },
      search: { ...view, node: view.node ?? id, ref: refOf('observations', explored, { time, row: id }) },
    } as const
    if (isNewTab) window.open(router.buildLocation(place).href, '_blank', 'noopener')
    else void router.navigate(place)
  }
  return (
    <Explorer<ObservationListRowDto>
      table={table}
      title="Observations"
      columns={OBSERVATION_COLUMNS}
      list={list}
      hasError={({ level }) => level === 'ERROR'}
      onOpen={open}
      tail={ObservationTailDto}
      readPeek={(row, signal) => readPeek(client, { project: project.id, row, signal })}
      renderPeek={(peek) => (
        <ObservationPeek
          project={project.id}
          search={table.search}
          {...peek}
          onOpen={(traceId) => open({ id: peek.id, traceId, time: peek.row?.time }, { isNewTab: false })}
        />
      )}
    />
  )
}

interface PeekedAt {
  readonly project: string
  readonly row: ObservationListRowDto
  readonly signal: AbortSignal
}

/** What reads observations comes with the peek. */
async function readPeek(client: QueryClient, at: PeekedAt): Promise<void> {
  const { readObservationPeek } = await import('#api/read-ahead.ts')
  readObservationPeek(client, at)
}
