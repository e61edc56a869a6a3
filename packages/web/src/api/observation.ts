import { queryOptions } from '@tanstack/react-query'
import { ObservationDetailDto, type ObservationListRowDto } from '@xtrace/contract'
import { call } from './client.ts'
import { projectPath } from './paths.ts'
import { KEPT_MS, PAYLOAD_META } from './payload-memory.ts'

/** Of an observation that runs, as far as is known: what was read of it does not hold for long. */
const RUNNING = -1
const SHORT_MS = 10_000
const LONG_MS = 5 * 60_000

/** The version of an observation by its end, or by what it took; none, or NaN, where it may run. */
export const versionOfEnd = (end: number | null | undefined): number =>
  end === null || end === undefined || Number.isNaN(end) ? RUNNING : 0

/** The version of an observation in a list; undefined for one that the list does not hold. */
export const versionOfRow = (row: Pick<ObservationListRowDto, 'latency'> | undefined): number =>
  versionOfEnd(row?.latency)

/**
 * One observation with the first 256 K characters of its payloads. `version` is that of whatever names it: 0 for one
 * that has ended, which is read once; another for one that runs, which is read anew by the time it has ended.
 */
export const observationQuery = (project: string, observation: string, version: number) =>
  queryOptions({
    queryKey: ['observation', project, observation, version],
    gcTime: KEPT_MS,
    meta: PAYLOAD_META,
    staleTime: version === RUNNING ? SHORT_MS : LONG_MS,
    queryFn: async ({ signal }) =>
      await call(projectPath(project, 'observations', observation), { answer: ObservationDetailDto, signal }),
    // Of the same observation, while it ran.
    placeholderData: (before) => (before?.observation.id === observation ? before : undefined),
  })
