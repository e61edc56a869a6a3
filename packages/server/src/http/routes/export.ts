import { ExportQuery } from '@xtrace/contract'
import { nanosOf, parseFilters } from '#http/filter-params.ts'
import { type ReadDeps, readerOf } from '#http/read-deps.ts'
import { type Route, route } from '#http/route.ts'
import { begun } from '#lib/begun.ts'
import { type ExportFormat, exportRecords } from '#query/export-records.ts'

const TYPES: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

/** The records of the caller's project as a file. */
export function exportRoutes({ engine }: Pick<ReadDeps, 'engine'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/public/x/export',
      access: 'project',
      errors: 'langfuse',
      isRead: true,
      query: ExportQuery,
      doc: {
        operationId: 'export',
        tag: 'Export',
        summary: 'Traces, observations, scores or metric points as a file',
        description:
          'Of the size that there is, and sent as it is read. Inputs, outputs and metadata are JSON text. A transfer that breaks off is not whole; Parquet files that are not whole can not be opened.',
        responses: { 200: undefined },
        responseType: Object.values(TYPES),
      },
      handle: async (request) => {
        const { of: subject = 'observations', format = 'jsonl', fromTimestamp, toTimestamp, filter } = request.query
        const bytes = exportRecords(readerOf(request, engine), {
          subject,
          format,
          from: fromTimestamp === undefined ? undefined : nanosOf(fromTimestamp),
          to: toTimestamp === undefined ? undefined : nanosOf(toTimestamp),
          filters: parseFilters(filter),
        })
        return {
          headers: {
            'content-type': TYPES[format],
            'content-disposition': `attachment; filename="${subject}.${format}"`,
          },
          body: ReadableStream.from(await begun(bytes)),
        }
      },
    }),
  ]
}
