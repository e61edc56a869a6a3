import type { PayloadField, PayloadWindowDto } from '@xtrace/contract'
import { Search } from 'lucide-react'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { payloadText } from '#api/payloads.ts'
import { MessageText } from '#components/conversation/message-text.tsx'
import { PresentationView } from '#components/conversation/presentation-view.tsx'
import { FindIn } from '#components/find/find-in.tsx'
import { jsonHeight } from '#components/json-view/json-height.ts'
import { JsonView } from '#components/json-view/json-view.tsx'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Segments } from '#components/ui/segments.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useTaste } from '#features/trace-view/model/taste.ts'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { formatBytes } from '#lib/format/figures.ts'
import {
  chosenReading,
  jsonOf,
  MOST_TREE_BYTES,
  type Reading,
  type ReadPayload,
  readingLabel,
} from './payload-reading.ts'
import type { DetailSubject } from './subject.ts'

const LargePayload = lazy(async () => ({ default: (await import('./large-payload.tsx')).LargePayload }))

interface PayloadSectionProps {
  readonly label: string
  readonly field: PayloadField
  readonly subject: DetailSubject
  readonly window: PayloadWindowDto
  readonly payload: ReadPayload
  /** Messages at the beginning that the other side has too. */
  readonly knownCount?: number
}

/** One side of an observation, with the ways to read it. */
export function PayloadSection(props: PayloadSectionProps) {
  const { label, payload, window, subject, field, knownCount = 0 } = props
  const [taste, setTaste] = useTaste()
  const { project } = useTraceContext()
  const reading = chosenReading(payload, taste.reading)
  const [isFinding, setFinding] = useState(false)
  const findButton = useRef<HTMLButtonElement>(null)
  // JSON and windows have a field of their own.
  const canFind = payload.extent === 'whole' && reading !== 'json' && payload.presentation.kind !== 'nothing'
  const closeFind = () => {
    setFinding(false)
    findButton.current?.focus()
  }
  return (
    <section aria-label={label} data-side={field} className="border-b">
      <header className="sticky top-0 z-10 flex h-9 items-center gap-2 border-b bg-surface px-3">
        <h2 className="font-medium text-12">{label}</h2>
        {payload.presentation.kind === 'chat' ? (
          <span className="text-11 text-text-3">{payload.presentation.chat.format}</span>
        ) : null}
        {window.totalBytes > 10_000 ? (
          <span className="tabular text-11 text-text-3">{formatBytes(window.totalBytes)}</span>
        ) : null}
        <div className="flex-1" />
        {payload.readings.length > 1 && payload.text !== '' ? (
          <Segments
            label={`Read ${label.toLowerCase()} as`}
            segments={payload.readings.map((name) => ({ name, label: readingLabel(name, payload.presentation) }))}
            value={reading}
            onChange={(chosen) => setTaste({ reading: chosen })}
          />
        ) : null}
        {canFind ? (
          <Button
            kind="quiet"
            isIcon
            ref={findButton}
            data-find
            aria-label={`Find in the ${label.toLowerCase()}`}
            aria-expanded={isFinding}
            onClick={() => setFinding(!isFinding)}
          >
            <Search size={14} strokeWidth={1.5} />
          </Button>
        ) : null}
        {payload.text === '' || window.totalBytes > MOST_TREE_BYTES ? null : (
          <CopyButton
            text={() =>
              payload.extent === 'whole'
                ? payload.text
                : payloadText({ project, ...subject, field, totalChars: window.totalChars })
            }
            label={`Copy ${label.toLowerCase()}`}
          />
        )}
      </header>
      {payload.extent === 'whole' ? (
        <FindIn isFinding={canFind && isFinding} onClose={closeFind}>
          <Body payload={payload} reading={reading} knownCount={knownCount} label={label} />
        </FindIn>
      ) : (
        <Suspense fallback={<SkeletonRows count={4} />}>
          <LargePayload subject={subject} field={field} window={window} />
        </Suspense>
      )}
    </section>
  )
}

type BodyProps = Pick<PayloadSectionProps, 'payload' | 'label'> & {
  readonly reading: Reading
  readonly knownCount: number
}

function Body({ payload, reading, knownCount, label }: BodyProps) {
  if (reading === 'json') return <JsonBox text={payload.text} label={label} />
  if (reading === 'chat' || payload.presentation.kind === 'nothing')
    return <PresentationView presentation={payload.presentation} knownCount={knownCount} />
  return (
    <div className="mono px-3 py-2 [&_div]:max-w-none [&_div]:text-12!">
      <MessageText text={payload.text} isPlain isRaw />
    </div>
  )
}

const MOST_PX = 560

/** As high as the value is likely to be, up to a limit; it scrolls inside. */
function JsonBox({ text, label }: { readonly text: string; readonly label: string }) {
  const value = useMemo(() => jsonOf(text), [text])
  const [isTall, setTall] = useState(false)
  const height = useMemo(() => jsonHeight(value, MOST_PX), [value])
  return (
    <>
      <div className="flex" style={{ height: isTall ? '85vh' : height }}>
        <JsonView value={value} label={label} />
      </div>
      {height === MOST_PX ? (
        <button type="button" className="px-3 py-1 text-12 text-accent" onClick={() => setTall(!isTall)}>
          Taller
        </button>
      ) : null}
    </>
  )
}
