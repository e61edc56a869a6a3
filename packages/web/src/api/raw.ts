/** A trace or an observation as the public API prints it. */
import { queryOptions } from '@tanstack/react-query'
import { callForBody } from './client.ts'
import { publicPath, withQuery } from './paths.ts'
import { KEPT_MS, PAYLOAD_META } from './payload-memory.ts'
import type { PayloadOwner } from './payloads.ts'

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

/** Where one trace is downloaded, of any size. */
export const traceDownload = (project: string, trace: string, format: 'json' | 'otlp'): string =>
  withQuery(publicPath(project, 'x', 'traces', trace, 'export'), { format })
