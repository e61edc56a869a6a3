/** Payloads of any size, in pieces. */
import { queryOptions } from '@tanstack/react-query'
import { PAYLOAD_CHARS, type PayloadField, PayloadMatchesDto, PayloadWindowDto } from '@xtrace/contract'
import { countPoints } from '#lib/chat/code-points.ts'
import { call } from './client.ts'
import { projectPath } from './paths.ts'
import { KEPT_MS, PAYLOAD_META } from './payload-memory.ts'

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
