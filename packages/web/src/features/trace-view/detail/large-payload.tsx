import type { PayloadField, PayloadWindowDto } from '@xtrace/contract'
import { useCallback, useMemo } from 'react'
import { type PayloadPlace, payloadPieces } from '#api/payloads.ts'
import { LargeJsonView } from '#components/json-view/large-json-view.tsx'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { extentOf } from './payload-reading.ts'
import { PayloadWindows } from './payload-windows.tsx'
import type { DetailSubject } from './subject.ts'

interface LargePayloadProps {
  readonly subject: DetailSubject
  readonly field: PayloadField
  /** The beginning. */
  readonly window: PayloadWindowDto
}

/** A payload too large to come unasked: JSON of a few megabytes as a tree, all else by windows. */
export function LargePayload({ subject: { of, id }, field, window }: LargePayloadProps) {
  const { project } = useTraceContext()
  const { totalChars } = window
  const place = useMemo(
    (): PayloadPlace => ({ project, of, id, field, totalChars }),
    [project, of, id, field, totalChars],
  )
  const read = useCallback((signal: AbortSignal) => payloadPieces(place, signal), [place])
  const windows = <PayloadWindows place={place} window={window} />
  if (extentOf(window) !== 'tree') return windows
  return (
    <LargeJsonView
      label={field}
      read={read}
      totalChars={totalChars}
      otherwise={(error) => (
        <>
          {error ? <p className="px-3 pt-2 text-12 text-text-2">Not shown as a tree: {error.message}</p> : null}
          {windows}
        </>
      )}
    />
  )
}
