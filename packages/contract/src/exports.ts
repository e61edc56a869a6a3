/** GET /api/public/x/export and GET /api/public/x/traces/{traceId}/export (docs/operations.md). */
import { z } from 'zod'
import { instantParam, textParam, wordParam } from './query-params.ts'

export const EXPORTED = ['traces', 'observations', 'scores', 'metrics'] as const
export const EXPORT_TYPES = ['jsonl', 'csv', 'parquet'] as const

export const ExportQuery = z.object({
  /** `observations` when absent. */
  of: wordParam(EXPORTED),
  /** `jsonl` when absent. */
  format: wordParam(EXPORT_TYPES),
  fromTimestamp: instantParam,
  toTimestamp: instantParam,
  /** As the lists take it; not of metrics. */
  filter: textParam,
})
export type ExportQuery = z.output<typeof ExportQuery>

export const TRACE_EXPORT_TYPES = ['json', 'otlp'] as const

export const TraceExportQuery = z.object({
  /** `json` when absent: the trace as GET /api/public/traces/{traceId} answers it. */
  format: wordParam(TRACE_EXPORT_TYPES),
})
export type TraceExportQuery = z.output<typeof TraceExportQuery>
