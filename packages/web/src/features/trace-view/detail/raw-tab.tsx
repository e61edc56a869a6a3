import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { PAYLOAD_CHARS, type PayloadsDto } from '@xtrace/contract'
import { lazy, Suspense, useCallback } from 'react'
import { recordPath, recordPieces } from '#api/raw.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { JsonView } from '#components/json-view/json-view.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { recordQuery } from '#features/trace-view/model/node-query.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { parsePayload } from '#lib/chat/payload.ts'
import { formatBytes } from '#lib/format/figures.ts'
import { MOST_TREE_BYTES } from './payload-reading.ts'
import type { DetailSubject } from './subject.ts'
import { useSubject } from './use-subject.ts'

const LargeJsonView = lazy(async () => ({
  default: (await import('#components/json-view/large-json-view.tsx')).LargeJsonView,
}))

/** The record as the API gives it. */
export function RawTab({ subject }: { readonly subject: DetailSubject }) {
  const { payloads, error, retry } = useSubject(subject)
  if (error) return <ErrorState error={error} doing="read the record" onRetry={retry} />
  if (!payloads) return <SkeletonRows count={12} />
  const bytes = bytesOf(payloads)
  if (bytes <= PAYLOAD_CHARS) return <Record subject={subject} />
  return bytes <= MOST_TREE_BYTES ? (
    <Suspense fallback={<SkeletonRows count={12} />}>
      <LargeRecord subject={subject} bytes={bytes} />
    </Suspense>
  ) : (
    <RecordFile subject={subject} bytes={bytes} />
  )
}

const bytesOf = ({ input, output, metadata }: PayloadsDto): number =>
  input.totalBytes + output.totalBytes + metadata.totalBytes

interface RecordProps {
  readonly subject: DetailSubject
  readonly bytes: number
}

function Record({ subject }: Pick<RecordProps, 'subject'>) {
  const { project } = useTraceContext()
  const model = useModel()
  // Of the same subject, while it ran: another one has a panel of its own.
  const raw = useQuery({ ...recordQuery(project, model, subject), placeholderData: keepPreviousData })
  if (raw.error) return <ErrorState error={raw.error} doing="read the record" onRetry={() => raw.refetch()} />
  if (raw.data === undefined) return <SkeletonRows count={12} />
  return (
    <div className="flex h-full">
      <JsonView value={parsePayload(raw.data)} label="Record" />
    </div>
  )
}

function LargeRecord({ subject, bytes }: RecordProps) {
  const { project } = useTraceContext()
  const path = recordPath(project, subject.of, subject.id)
  const read = useCallback((signal: AbortSignal) => recordPieces(path, signal), [path])
  return (
    <LargeJsonView
      label="Record"
      read={read}
      totalChars={bytes}
      otherwise={(error) =>
        error ? <ErrorState error={error} doing="read the record" /> : <RecordFile subject={subject} bytes={bytes} />
      }
    />
  )
}

/** What is too large to be shown at once is there as a file. */
function RecordFile({ subject, bytes }: RecordProps) {
  const { project } = useTraceContext()
  return (
    <p className="px-3 py-3 text-12 text-text-2">
      The record holds {formatBytes(bytes)} of payloads: more than is shown at once. Input, output and metadata can be
      read by windows in their tabs.{' '}
      <a className="text-accent" href={recordPath(project, subject.of, subject.id)} download={`${subject.id}.json`}>
        Download the record
      </a>
    </p>
  )
}
