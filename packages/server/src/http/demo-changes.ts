import type { DemoRequest } from '#demo/scenario.ts'
import type { Change } from '#domain/change.ts'
import { ingestBatch } from '#ingest/batch/ingest-batch.ts'
import type { IngestContext } from '#ingest/context.ts'
import { ingestMetrics } from '#ingest/native/ingest-metrics.ts'
import { decodeJson } from '#ingest/otlp/decode-json.ts'
import { ingestOtlp } from '#ingest/otlp/ingest-otlp.ts'

/** What a request of the demo says, by the same ways in as everybody's. */
export function changesOfDemo({ to, body }: DemoRequest, context: IngestContext): readonly Change[] {
  switch (to) {
    case 'otlp':
      return ingestOtlp(decodeJson(JSON.stringify(body)), context).changes
    case 'ingestion':
      return ingestBatch(body, context).changes
    case 'metrics':
      return ingestMetrics(body, context).changes
  }
}
