import { useQuery, useQueryClient } from '@tanstack/react-query'
import { PAYLOAD_CHARS, type PayloadField, type PayloadWindowDto } from '@xtrace/contract'
import { useMemo, useState } from 'react'
import { payloadMatchesQuery, payloadWindowQuery, wholePayload } from '#api/trace.ts'
import { JsonView } from '#components/json-view/json-view.tsx'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { parsePayload } from '#lib/chat/payload.ts'
import { formatBytes, formatCount } from '#lib/format/figures.ts'
import type { DetailSubject } from './subject.ts'

interface LargePayloadProps {
  readonly subject: DetailSubject
  readonly field: PayloadField
  readonly window: PayloadWindowDto
}

/** What may be read as a whole, and shown as a tree. */
const WHOLE_CHARS = 4 * PAYLOAD_CHARS * 4
/** Characters around a match. */
const AROUND = 2000

/** A payload too large to come unasked: its beginning, more of it, all of it when that is sensible, and a search inside. */
export function LargePayload({ subject, field, window }: LargePayloadProps) {
  const { project } = useTraceContext()
  const client = useQueryClient()
  const owner = useMemo(() => ({ project, ...subject }), [project, subject])
  const [shown, setShown] = useState({ offset: 0, text: window.text })
  const [whole, setWhole] = useState<{ readonly value: unknown } | undefined>()
  const end = shown.offset + [...shown.text].length
  const read = (offset: number, length: number) =>
    client.fetchQuery(payloadWindowQuery(owner, field, { offset, length: Math.min(length, 4 * PAYLOAD_CHARS) }))
  const guarded = (work: () => Promise<void>) => () => {
    work().catch((error: unknown) => showToast({ text: String(error), tone: 'error' }))
  }
  const more = guarded(async () => {
    const next = await read(end, PAYLOAD_CHARS)
    setShown({ offset: shown.offset, text: shown.text + next.text })
  })
  const all = guarded(async () => {
    const text = await wholePayload(client, owner, { field, window })
    const value = parsePayload(text)
    if (value === undefined) setShown({ offset: 0, text })
    else setWhole({ value })
  })
  const show = (offset: number, length: number) =>
    guarded(async () => setShown({ offset, text: (await read(offset, length)).text }))
  const jump = (offset: number) =>
    guarded(async () => {
      const from = Math.max(0, offset - AROUND)
      setShown({ offset: from, text: (await read(from, 2 * AROUND)).text })
    })()
  if (whole)
    return (
      <div className="flex h-[70vh]">
        <JsonView value={whole.value} label={field} />
      </div>
    )
  return (
    <div className="flex flex-col gap-2 px-3 py-2">
      <div className="flex flex-wrap items-center gap-2 text-12 text-text-2">
        <span className="tabular">
          characters {formatCount(shown.offset)} to {formatCount(end)} of {formatCount(window.totalChars)} (
          {formatBytes(window.totalBytes)})
        </span>
        {shown.offset > 0 ? <Button onClick={show(0, PAYLOAD_CHARS)}>Beginning</Button> : null}
        {end < window.totalChars ? (
          <Button onClick={show(Math.max(0, window.totalChars - PAYLOAD_CHARS), PAYLOAD_CHARS)}>End</Button>
        ) : null}
        {window.totalChars <= WHOLE_CHARS ? <Button onClick={all}>Load all</Button> : null}
        <FindInside owner={owner} field={field} onJump={jump} />
      </div>
      <pre className="mono max-h-[60vh] overflow-auto whitespace-pre-wrap break-all rounded-4 bg-sunken p-2">
        {shown.text}
      </pre>
      {end < window.totalChars ? (
        <Button className="self-start" onClick={more}>
          Load more
        </Button>
      ) : null}
    </div>
  )
}

interface FindInsideProps {
  readonly owner: Parameters<typeof payloadMatchesQuery>[0]
  readonly field: PayloadField
  onJump(offset: number): void
}

function FindInside({ owner, field, onJump }: FindInsideProps) {
  const [text, setText] = useState('')
  const [place, setPlace] = useState(0)
  const { data } = useQuery(payloadMatchesQuery(owner, field, text))
  const go = () => {
    const offset = data?.offsets[place]
    if (data && offset !== undefined) {
      onJump(offset)
      setPlace((place + 1) % data.offsets.length)
    }
  }
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <Input
        aria-label={`Find in the whole ${field}`}
        placeholder="Find in all of it"
        value={text}
        className="w-40!"
        onChange={(event) => {
          setText(event.target.value)
          setPlace(0)
        }}
      />
      {data ? <span className="tabular">{formatCount(data.total)} found</span> : null}
      {data && data.total > 0 ? <Button type="submit">Next</Button> : null}
    </form>
  )
}
