import { useQuery, useQueryClient } from '@tanstack/react-query'
import { PAYLOAD_CHARS, type PayloadWindowDto } from '@xtrace/contract'
import { useState } from 'react'
import { type PayloadPlace, payloadMatchesQuery, payloadPieces, payloadWindowQuery } from '#api/payloads.ts'
import { useAnnounced } from '#components/ui/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { saveFile } from '#components/ui/save-file.ts'
import { showToast } from '#components/ui/toast.tsx'
import { countPoints, unitsOf } from '#lib/chat/code-points.ts'
import { formatBytes, formatCount } from '#lib/format/figures.ts'

interface PayloadWindowsProps {
  readonly place: PayloadPlace
  /** The beginning. */
  readonly window: PayloadWindowDto
}

interface Shown {
  /** In characters, as is all. */
  readonly offset: number
  readonly text: string
  readonly match?: { readonly offset: number; readonly length: number }
}

/** Characters of one window. */
const WINDOW_CHARS = PAYLOAD_CHARS / 4
/** Characters before a match. */
const BEFORE = 2000

/** A payload too large to be read as a whole: one window at a time, moved by buttons and by what is found in all of it. */
export function PayloadWindows({ place, window }: PayloadWindowsProps) {
  const client = useQueryClient()
  const { totalChars, totalBytes } = window
  const [shown, setShown] = useState<Shown>({
    offset: 0,
    text: window.text.slice(0, unitsOf(window.text, WINDOW_CHARS)),
  })
  const end = shown.offset + countPoints(shown.text)
  const extent = `characters ${formatCount(shown.offset + 1)} to ${formatCount(end)} of ${formatCount(totalChars)}`
  useAnnounced(`window of ${place.field}`, extent)
  const show = async (from: number, match?: Shown['match']) => {
    const offset = Math.max(0, Math.min(from, totalChars - WINDOW_CHARS))
    try {
      const { text } = await client.fetchQuery(payloadWindowQuery(place, place.field, { offset, length: WINDOW_CHARS }))
      setShown({ offset, text, ...(match && { match }) })
    } catch (error) {
      showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
    }
  }
  return (
    <div className="flex flex-col gap-2 px-3 py-2">
      <div className="flex flex-wrap items-center gap-2 text-12 text-text-2">
        <span className="tabular">
          {extent} ({formatBytes(totalBytes)})
        </span>
        <div role="group" aria-label={`Windows of the ${place.field}`} className="flex gap-1">
          <Button disabled={shown.offset === 0} onClick={() => show(0)}>
            Beginning
          </Button>
          <Button disabled={shown.offset === 0} onClick={() => show(shown.offset - WINDOW_CHARS)}>
            Earlier
          </Button>
          <Button disabled={end >= totalChars} onClick={() => show(end)}>
            Later
          </Button>
          <Button disabled={end >= totalChars} onClick={() => show(totalChars)}>
            End
          </Button>
        </div>
        <DownloadButton place={place} />
        <FindInside place={place} onFound={(offset, length) => show(offset - BEFORE, { offset, length })} />
      </div>
      <section
        aria-label={`Window of the ${place.field}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[60vh] overflow-auto rounded-4 bg-sunken p-2"
      >
        <pre key={`${shown.offset} ${shown.match?.offset}`} className="mono whitespace-pre-wrap break-all">
          <Marked {...shown} />
        </pre>
      </section>
    </div>
  )
}

function Marked({ offset, text, match }: Shown) {
  if (!match) return text
  const from = unitsOf(text, match.offset - offset)
  const to = from + unitsOf(text.slice(from), match.length)
  return (
    <>
      {text.slice(0, from)}
      <mark ref={(mark) => mark?.scrollIntoView({ block: 'center' })}>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  )
}

/** All of it as a file: the browser keeps the pieces, not the page. */
function DownloadButton({ place }: { readonly place: PayloadPlace }) {
  const [isReading, setReading] = useState(false)
  const download = async () => {
    setReading(true)
    try {
      const pieces: Blob[] = []
      for await (const piece of payloadPieces(place)) pieces.push(new Blob([piece]))
      saveFile({ name: `${place.id}-${place.field}.txt`, type: 'text/plain', text: pieces })
    } catch (error) {
      showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
    } finally {
      setReading(false)
    }
  }
  return (
    <Button disabled={isReading} onClick={download}>
      {isReading ? 'Reading…' : 'Download'}
    </Button>
  )
}

interface FindInsideProps {
  readonly place: PayloadPlace
  onFound(offset: number, length: number): void
}

function FindInside({ place, onFound }: FindInsideProps) {
  const [{ text, next }, setSearch] = useState({ text: '', next: 0 })
  const { data } = useQuery(payloadMatchesQuery(place, place.field, text))
  const found = data ? `${formatCount(data.total)} found` : ''
  useAnnounced(`found in ${place.field}`, found)
  const go = () => {
    const offset = data?.offsets[next]
    if (!data || offset === undefined) return
    onFound(offset, countPoints(text))
    setSearch({ text, next: (next + 1) % data.offsets.length })
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
        type="search"
        aria-label={`Find in the whole ${place.field}`}
        placeholder="Find in all of it"
        value={text}
        className="w-40!"
        onChange={(event) => setSearch({ text: event.target.value, next: 0 })}
      />
      {found ? <span className="tabular">{found}</span> : null}
      {data && data.total > 0 ? <Button type="submit">Next</Button> : null}
    </form>
  )
}
