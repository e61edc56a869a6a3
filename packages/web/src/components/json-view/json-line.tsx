import { clsx } from 'clsx'
import { ChevronDown, ChevronRight, Copy, Route } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { copyText } from '#components/ui/copy-button.tsx'
import { mediaOfText } from '#lib/chat/media-in-json.ts'
import { isList, printPayload, scalarText } from '#lib/chat/payload.ts'
import { type JsonRow, printPath } from './json-rows.ts'

const JsonMedia = lazy(async () => ({ default: (await import('./json-media.tsx')).JsonMedia }))

interface JsonLineProps {
  readonly row: JsonRow
  readonly isFound: boolean
  /** What is searched for, marked wherever it stands. */
  readonly wanted: string
  readonly isLongOpen: boolean
  onToggle(): void
  onToggleLong(): void
}

const INDENT_PX = 14
/** What of a text is on its row until it is opened. */
const HEAD_CHARS = 240

export function JsonLine(props: JsonLineProps) {
  const { row, isFound, wanted, onToggle } = props
  const { depth, key, size, isOpen, value, path } = row
  const Fold = isOpen ? ChevronDown : ChevronRight
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={isFound}
      {...(size ? { 'aria-expanded': isOpen } : {})}
      className={clsx('group flex min-h-5 items-start pr-2 hover:bg-hover', isFound && 'bg-selected')}
      style={{ paddingLeft: 8 + depth * INDENT_PX }}
    >
      {size ? (
        <button
          type="button"
          onClick={onToggle}
          aria-label={isOpen ? 'Close' : 'Open'}
          className="mt-px grid size-4.5 shrink-0 place-items-center rounded-4 text-text-3"
        >
          <Fold size={12} strokeWidth={1.75} />
        </button>
      ) : (
        <span className="w-4.5 shrink-0" />
      )}
      {key === undefined ? null : (
        <span className={clsx('shrink-0 whitespace-pre', typeof key === 'number' ? 'text-text-3' : 'text-text-2')}>
          <Marked text={String(key)} wanted={typeof key === 'string' ? wanted : ''} />
          <span className="text-text-3">: </span>
        </span>
      )}
      {size === undefined ? (
        <Scalar {...props} />
      ) : (
        <Container value={value} size={size} isOpen={isOpen} onToggle={onToggle} />
      )}
      <span className="ml-auto flex shrink-0 pl-2 opacity-0 focus-within:opacity-100 group-hover:opacity-100">
        <LineButton label="Copy path" onClick={() => copyText(printPath(path))}>
          <Route size={12} strokeWidth={1.5} />
        </LineButton>
        <LineButton label="Copy value" onClick={() => copyText(scalarText(value) ?? printPayload(value))}>
          <Copy size={12} strokeWidth={1.5} />
        </LineButton>
      </span>
    </div>
  )
}

interface LineButtonProps {
  readonly label: string
  onClick(): void
  readonly children: ReactNode
}

function LineButton({ label, onClick, children }: LineButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-5 place-items-center rounded-4 text-text-3 hover:text-text"
    >
      {children}
    </button>
  )
}

interface ContainerProps {
  readonly value: unknown
  readonly size: number
  readonly isOpen: boolean
  onToggle(): void
}

function Container({ value, size, isOpen, onToggle }: ContainerProps) {
  const [begin, end] = isList(value) ? ['[', ']'] : ['{', '}']
  if (size === 0) return <span className="text-text-3">{`${begin}${end}`}</span>
  const noun = isList(value) ? (size === 1 ? 'item' : 'items') : size === 1 ? 'key' : 'keys'
  return (
    <button type="button" tabIndex={-1} onClick={onToggle} className="text-text-3">
      {isOpen ? begin : `${begin}…${end}`} <span className="text-11">{`${size} ${noun}`}</span>
    </button>
  )
}

function Scalar({ row, wanted, isLongOpen, onToggleLong }: JsonLineProps) {
  const { value } = row
  const text = scalarText(value)
  if (text === undefined) return <span className="text-text-3">null</span>
  if (typeof value !== 'string')
    return (
      <span className={typeof value === 'boolean' ? 'text-type-tool' : 'text-type-agent'}>
        <Marked text={text} wanted={wanted} />
      </span>
    )
  const media = mediaOfText(text)
  if (media && wanted === '')
    return (
      <Suspense fallback={<span className="text-text-3">{media.mime}</span>}>
        <JsonMedia part={media} />
      </Suspense>
    )
  const isLong = text.length > HEAD_CHARS || text.includes('\n')
  if (!isLong)
    return (
      <span className="min-w-0 whitespace-pre-wrap break-words">
        <Marked text={text} wanted={wanted} />
      </span>
    )
  const head = text.slice(0, HEAD_CHARS).replaceAll('\n', '↵')
  return (
    <span className="flex min-w-0 flex-1 flex-col items-start">
      {isLongOpen ? (
        <span className="max-h-96 w-full overflow-auto whitespace-pre-wrap break-words rounded-4 bg-sunken px-2 py-1">
          <Marked text={text} wanted={wanted} />
        </span>
      ) : (
        <span className="w-full truncate">
          <Marked text={head} wanted={wanted} />
        </span>
      )}
      <button type="button" onClick={onToggleLong} className="text-11 text-accent hover:underline">
        {isLongOpen ? 'Less' : `All ${text.length.toLocaleString('en-US')} characters`}
      </button>
    </span>
  )
}

/** Marks that are drawn in one text; a text full of them would cost more than it tells. */
const MAX_MARKS = 500

function Marked({ text, wanted }: { readonly text: string; readonly wanted: string }) {
  if (wanted === '') return text
  const lower = text.toLowerCase()
  const needle = wanted.toLowerCase()
  const parts: ReactNode[] = []
  let from = 0
  // Lower case may be of another length than the text; then nothing is marked.
  const isSafe = lower.length === text.length
  for (
    let at = lower.indexOf(needle);
    isSafe && at !== -1 && parts.length < MAX_MARKS;
    at = lower.indexOf(needle, from)
  ) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + needle.length)}</mark>)
    from = at + needle.length
  }
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  )
}
