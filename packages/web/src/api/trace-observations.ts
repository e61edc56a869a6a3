/** Observations of one trace, looked up among all: those that hold words, and how the outputs of some begin. */
import { queryOptions } from '@tanstack/react-query'
import { type FilterCondition, ObservationListDto, type ObservationListRowDto } from '@xtrace/contract'
import { firstRows } from './first-rows.ts'
import { projectPath } from './paths.ts'

const DAY_MS = 86_400_000
const MOST_MATCHES = 200

/** A trace and when its observations are known to have begun and ended. */
export interface TraceTime {
  readonly id: string
  readonly fromMs: number
  readonly toMs: number
}

/** The first observations of a trace that fulfil a condition, those included that began up to a day before or after. */
async function observationsOf(
  project: string,
  { id, fromMs, toMs }: TraceTime,
  { condition, signal }: { readonly condition: FilterCondition; readonly signal: AbortSignal },
): Promise<readonly ObservationListRowDto[]> {
  const conditions: readonly FilterCondition[] = [
    { column: 'traceId', type: 'string', operator: '=', value: id },
    condition,
  ]
  return await firstRows(projectPath(project, 'explore', 'observations'), {
    query: {
      from: new Date(fromMs - DAY_MS).toISOString(),
      to: new Date(toMs + DAY_MS).toISOString(),
      filter: JSON.stringify(conditions),
    },
    limit: MOST_MATCHES,
    answer: ObservationListDto,
    signal,
  })
}

export interface PayloadFind {
  readonly ids: readonly string[]
  /** There may be more than these. */
  readonly isCut: boolean
}

/** The observations of a trace whose input or output holds the words; the first 200 of each. */
export const nodesWithTextQuery = (project: string, trace: TraceTime, words: string) =>
  queryOptions({
    queryKey: ['trace', project, trace.id, 'text', words],
    enabled: words !== '',
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<PayloadFind> => {
      const found = await Promise.all(
        ['input', 'output'].map((column) => {
          const condition: FilterCondition = { column, type: 'string', operator: 'matches', value: words }
          return observationsOf(project, trace, { condition, signal })
        }),
      )
      return {
        ids: found.flat().map(({ id }) => id),
        isCut: found.some((rows) => rows.length >= MOST_MATCHES),
      }
    },
  })

/** The beginning of an output, as it was in a version of its observation. */
export interface Preview {
  readonly text: string
  readonly version: number
}

/** `id@version` */
export const previewWish = (id: string, version: number): string => `${id}@${version}`

/** The beginnings of the outputs of some observations of a trace; `wishes` are separated by blanks. */
export const previewsQuery = (project: string, trace: TraceTime, wishes: string) =>
  queryOptions({
    queryKey: ['trace', project, trace.id, 'previews', wishes],
    enabled: wishes !== '',
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const versions = new Map(wishes.split(' ').map(readWish))
      const condition: FilterCondition = {
        column: 'id',
        type: 'stringOptions',
        operator: 'any of',
        value: [...versions.keys()],
      }
      const rows = await observationsOf(project, trace, { condition, signal })
      return rows.map(({ id, output }): readonly [string, Preview] => [
        id,
        { text: output ?? '', version: versions.get(id) ?? 0 },
      ])
    },
  })

function readWish(wish: string): readonly [id: string, version: number] {
  const end = wish.lastIndexOf('@')
  return [wish.slice(0, end), Number(wish.slice(end + 1))]
}
