import { type QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query'
import {
  type FilterCondition,
  ObservationDetailDto,
  ObservationListDto,
  type ObservationListRowDto,
  PAYLOAD_CHARS,
  type PayloadField,
  PayloadMatchesDto,
  PayloadWindowDto,
  SkeletonDto,
  TracePayloadsDto,
} from '@xtrace/contract'
import { countPoints } from '#lib/chat/code-points.ts'
import { call, callForBody } from './client.ts'
import { firstRows } from './first-rows.ts'
import { projectPath, publicPath, withQuery } from './paths.ts'
import { PAYLOAD_META } from './payload-memory.ts'

const DAY_MS = 86_400_000

/** How long what was read of a trace stays in memory after it was left. */
const KEPT_MS = 60_000

/** The shape of a trace, without payloads. */
export const skeletonQuery = (project: string, trace: string) =>
  queryOptions({
    queryKey: ['trace', project, trace, 'skeleton'],
    // A trace of 30 000 observations is 3 MB: the parts of two answers are not worth comparing.
    structuralSharing: false,
    gcTime: KEPT_MS,
    queryFn: async ({ signal }) =>
      await call(projectPath(project, 'traces', trace, 'skeleton'), { answer: SkeletonDto, signal }),
  })

/** Observations of a trace that is read before it is opened; larger ones wait for that. */
export const MOST_AHEAD = 2000

/** Input, output and metadata of the trace itself, the first 256 K characters of each. */
export const tracePayloadsQuery = (project: string, trace: string) =>
  queryOptions({
    queryKey: ['trace', project, trace, 'payloads'],
    gcTime: KEPT_MS,
    meta: PAYLOAD_META,
    queryFn: async ({ signal }) =>
      await call(projectPath(project, 'traces', trace, 'payloads'), { answer: TracePayloadsDto, signal }),
  })

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

interface Ahead {
  readonly project: string
  readonly id: string
  readonly signal: AbortSignal
}

/** Reads the shape of a trace before it is opened, until the signal says to give that up, unless somebody looks at it. */
export function readTraceAhead(client: QueryClient, { project, id, signal }: Ahead): void {
  const query = skeletonQuery(project, id)
  readAhead(client, query.queryKey, { signal, read: () => client.prefetchQuery(query) })
}

/** Reads what a peek at a trace shows, in the same way. */
export function readTracePeek(client: QueryClient, { project, id, signal }: Ahead): void {
  const query = tracePayloadsQuery(project, id)
  readAhead(client, query.queryKey, { signal, read: () => client.prefetchQuery(query) })
}

interface ObservationAhead extends Omit<Ahead, 'id'> {
  readonly row: Pick<ObservationListRowDto, 'id' | 'latency'>
}

/** Reads what a peek at an observation shows, in the same way. */
export function readObservationPeek(client: QueryClient, { project, row, signal }: ObservationAhead): void {
  const query = observationQuery(project, row.id, versionOfRow(row))
  readAhead(client, query.queryKey, { signal, read: () => client.prefetchQuery(query) })
}

interface AheadRead {
  readonly signal: AbortSignal
  read(): Promise<void>
}

function readAhead(client: QueryClient, queryKey: QueryKey, { signal, read }: AheadRead): void {
  if (signal.aborted) return
  void read()
  signal.addEventListener('abort', () => {
    void client.cancelQueries({ queryKey, predicate: (one) => one.getObserversCount() === 0 })
  })
}

/** Whose payload: of a trace, or of an observation. */
export interface PayloadOwner {
  readonly project: string
  readonly of: 'traces' | 'observations'
  readonly id: string
}

const payloadPath = ({ project, of, id }: PayloadOwner, field: PayloadField, ...rest: readonly string[]) =>
  projectPath(project, of, id, 'payloads', field, ...rest)

interface PayloadSpan {
  /** In characters. */
  readonly offset: number
  readonly length: number
}

/** A piece of a payload; at most a million characters. */
export const payloadWindowQuery = (owner: PayloadOwner, field: PayloadField, { offset, length }: PayloadSpan) =>
  queryOptions({
    queryKey: ['payload', owner, field, offset, length],
    gcTime: KEPT_MS,
    meta: PAYLOAD_META,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) =>
      await call(payloadPath(owner, field), { query: { offset, length }, answer: PayloadWindowDto, signal }),
  })

/** The most characters of one window. */
const MOST_CHARS = 4 * PAYLOAD_CHARS

export interface PayloadPlace extends PayloadOwner {
  readonly field: PayloadField
  readonly totalChars: number
}

/** A payload of any size, piece by piece, of which none is kept. */
export async function* payloadPieces(place: PayloadPlace, signal?: AbortSignal): AsyncGenerator<string, void> {
  for (let offset = 0; offset < place.totalChars; ) {
    const { text } = await call(payloadPath(place, place.field), {
      query: { offset, length: MOST_CHARS },
      answer: PayloadWindowDto,
      signal,
    })
    if (text === '') return
    yield text
    offset += countPoints(text)
  }
}

/** All of a payload. */
export async function payloadText(place: PayloadPlace): Promise<string> {
  const pieces: string[] = []
  for await (const piece of payloadPieces(place)) pieces.push(piece)
  return pieces.join('')
}

/** Where words stand in a payload of any size. */
export const payloadMatchesQuery = (owner: PayloadOwner, field: PayloadField, find: string) =>
  queryOptions({
    queryKey: ['payload-matches', owner, field, find],
    enabled: find !== '',
    queryFn: async ({ signal }) =>
      await call(payloadPath(owner, field, 'matches'), { query: { find }, answer: PayloadMatchesDto, signal }),
  })

/** Calls back whenever the server has stored something new of the trace, until the returned function is called. */
export function watchTrace(project: string, trace: string, onChange: () => void): () => void {
  const source = new EventSource(withQuery(projectPath(project, 'traces', trace, 'tail')))
  source.addEventListener('changed', onChange)
  return () => source.close()
}

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

/** Where the record is as the public API prints it; a trace comes without its observations. */
export const recordPath = (project: string, of: PayloadOwner['of'], id: string): string =>
  withQuery(publicPath(project, of, id), of === 'traces' ? { fields: 'core,io,scores' } : {})

/** The record as text, so that no number is rounded; `version` as of an observation. */
export const rawQuery = ({ project, of, id }: PayloadOwner, version: number) =>
  queryOptions({
    queryKey: ['raw', project, of, id, version],
    gcTime: KEPT_MS,
    meta: PAYLOAD_META,
    queryFn: async ({ signal }) => await (await callForBody(recordPath(project, of, id), { signal })).text(),
  })

/** The record as it arrives, of which nothing is kept. */
export async function* recordPieces(path: string, signal: AbortSignal): AsyncGenerator<string, void> {
  const { body } = await callForBody(path, { signal })
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) yield piece.value
}

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

/** Where one trace is downloaded, of any size. */
export const traceDownload = (project: string, trace: string, format: 'json' | 'otlp'): string =>
  withQuery(publicPath(project, 'x', 'traces', trace, 'export'), { format })
