import { type ReactNode, useRef, useState } from 'react'
import type { TextSearch } from '#components/find/find-field.tsx'
import { Button } from '#components/ui/button.tsx'
import type { ReadText } from './json-line.ts'
import { EVERYTHING } from './json-rows.ts'
import { JsonToolbar } from './json-toolbar.tsx'
import { JsonTree } from './json-tree.tsx'
import { useJsonThread } from './use-json-thread.ts'

interface LargeJsonViewProps {
  /** For readers: `Input`. */
  readonly label: string
  readonly read: ReadText
  readonly totalChars: number
  /** In its place, where the text is no JSON, could not be read, or was not waited for. */
  readonly otherwise: (error: Error | undefined) => ReactNode
}

/** A JSON value of some megabytes as a tree: a thread of its own reads, folds and searches it. */
export function LargeJsonView(props: LargeJsonViewProps) {
  const [isGivenUp, setGivenUp] = useState(false)
  return isGivenUp ? props.otherwise(undefined) : <Reading {...props} onGiveUp={() => setGivenUp(true)} />
}

interface ReadingProps extends LargeJsonViewProps {
  onGiveUp(): void
}

/** Reads as long as it is there. */
function Reading({ label, read, totalChars, otherwise, onGiveUp }: ReadingProps) {
  const thread = useJsonThread(read)
  const { state, readChars, count } = thread
  if (state === 'not-json') return otherwise(undefined)
  if (state instanceof Error) return otherwise(state)
  if (state === 'reading')
    return (
      <p role="status" className="flex items-center gap-2 px-3 py-2 text-12 text-text-2">
        <progress aria-label="Read so far" max={totalChars} value={Math.min(readChars, totalChars)} />
        reading all of it…
        <Button onClick={onGiveUp}>Cancel</Button>
      </p>
    )
  return (
    <div className="flex h-[70vh] flex-col">
      <Opened label={label} thread={thread} count={count} />
    </div>
  )
}

interface OpenedProps {
  readonly label: string
  readonly thread: ReturnType<typeof useJsonThread>
  readonly count: number
}

const NO_SEARCH: TextSearch = { text: '', at: 0, count: 0, isCut: false }

function Opened({ label, thread, count }: OpenedProps) {
  const [search, setSearch] = useState(NO_SEARCH)
  const [found, setFound] = useState<number | undefined>()
  const [isAllOpen, setAllOpen] = useState(false)
  const latest = useRef(0)
  const find = async (text: string, at: number) => {
    latest.current += 1
    const asked = latest.current
    setSearch((earlier) => ({ ...earlier, text, at }))
    const { matches, found: place } = await thread.search(text, at)
    if (asked !== latest.current) return
    setSearch({ text, at, ...matches })
    setFound(place)
  }
  const change = (work: () => void) => {
    // Rows move: the place of the match is another one.
    setFound(undefined)
    work()
  }
  return (
    <>
      <JsonToolbar
        search={search}
        onSearch={(text, at) => void find(text, at)}
        isAllOpen={isAllOpen}
        onOpen={(depth) => {
          setAllOpen(depth >= EVERYTHING)
          change(() => thread.open(depth))
        }}
        copied={() => thread.textOf([])}
      />
      <JsonTree
        label={label}
        count={count}
        rowAt={thread.rowAt}
        found={found}
        wanted={search.text}
        onToggle={(row) => change(() => thread.toggle(row))}
        textOf={thread.textOf}
        onSight={thread.onSight}
      />
    </>
  )
}
