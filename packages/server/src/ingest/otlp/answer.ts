import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { RejectedSpan } from './ingest-otlp.ts'

/** `rejected_spans` and `error_message` of an ExportTracePartialSuccess; undefined when all spans were taken. */
export interface PartialSuccess {
  readonly rejectedSpans: number
  readonly errorMessage: string
}

export function partialSuccess(rejected: readonly RejectedSpan[]): PartialSuccess | undefined {
  const [first] = rejected
  if (first === undefined) return undefined
  return { rejectedSpans: rejected.length, errorMessage: `${rejected.length} spans were not stored: ${first.reason}` }
}

/** An ExportTraceServiceResponse in OTLP/JSON. */
export function jsonAnswer(partial: PartialSuccess | undefined): object {
  return partial === undefined ? {} : { partialSuccess: partial }
}

/** An ExportTraceServiceResponse in protobuf: no bytes at all when everything was taken. */
export function protobufAnswer(partial: PartialSuccess | undefined): Uint8Array {
  const writer = new BinaryWriter()
  if (partial !== undefined) {
    writer.tag(1, WireType.LengthDelimited).fork()
    writer.tag(1, WireType.Varint).int64(partial.rejectedSpans)
    writer.tag(2, WireType.LengthDelimited).string(partial.errorMessage)
    writer.join()
  }
  return writer.finish()
}
