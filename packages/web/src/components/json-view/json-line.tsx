import { clsx } from 'clsx'
import { ChevronDown, ChevronRight, Copy, Route } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { copyText } from '#components/ui/copy-button.tsx'
import { mediaOfText } from '#lib/chat/media-in-json.ts'
import { printPath } from './json-rows.ts'
import type { ShownRow } from './json-shown.ts'

const JsonMedia = lazy(async () => ({ default: (await import('./json-media.tsx')).JsonMedia }))

interface JsonLineProps {
  readonly row: ShownRow
  readonly isFound: boolean
  /** What is searched for, marked wherever it stands. */
  readonly wanted: string
  /** The whole of a long text that is opened; undefined while it is closed. */
  readonly longText: string | undefined
  onToggle(): void
  onToggleLong(): void
  onCopy(): void
}

const INDENT_PX = 14
/** What of a text is on its row until it is opened. */
const HEAD_CHARS = 240

export function JsonLine(props: JsonLineProps) {
  const { row, isFound, wanted, onToggle, onCopy } = props
  const { depth, key, size, isOpen, shown, path } = row
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
          className="mt-px grid size-4.5 shrink-0 pointer-coarse:size-6 place-items-center rounded-4 text-text-3"
        >
          <Fold size={12} strokeWidth={1.75} />
        </button>
      ) : (
        <span className="w-4.5 shrink-0 pointer-coarse:w-6" />
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
        <Container isList={shown.kind === 'list'} size={size} isOpen={isOpen} onToggle={onToggle} />
      )}
      <span className="ml-auto flex shrink-0 pl-2 opacity-0 focus-within:opacity-100 group-hover:opacity-100">
        <LineButton label="Copy path" onClick={() => copyText(printPath(path))}>
          <Route size={12} strokeWidth={1.5} />
        </LineButton>
        <LineButton label="Copy value" onClick={onCopy}>
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
      className="grid size-5 pointer-coarse:size-6 place-items-center rounded-4 text-text-3 hover:text-text"
    >
      {children}
    </button>
  )
}

interface ContainerProps {
  readonly isList: boolean
  readonly size: number
  readonly isOpen: boolean
  onToggle(): void
}

function Container({ isList, size, isOpen, onToggle }: ContainerProps) {
  const [begin, end] = isList ? ['[', ']'] : ['{', '}']
  if (size === 0) return <span className="text-text-3">{`${begin}${end}`}</span>
  const noun = isList ? (size === 1 ? 'item' : 'items') : size === 1 ? 'key' : 'keys'
  return (
    <button type="button" tabIndex={-1} onClick={onToggle} className="pointer-coarse:min-h-6 text-text-3">
      {isOpen ? begin : `${begin}…${end}`} <span className="text-11">{`${size} ${noun}`}</span>
    </button>
  )
}

function Scalar({ row: { shown }, wanted, longText, onToggleLong }: JsonLineProps) {
  const { kind, text, chars } = shown
  if (kind === 'null') return <span className="text-text-3">null</span>
  if (kind !== 'text')
    return (
      <span className={kind === 'boolean' ? 'text-type-tool' : 'text-type-agent'}>
        <Marked text={text} wanted={wanted} />
      </span>
    )
  const media = text.length === chars ? mediaOfText(text) : undefined
  if (media && wanted === '')
    return (
      <Suspense fallback={<span className="text-text-3">{media.mime}</span>}>
        <JsonMedia part={media} />
      </Suspense>
    )
  const isLong = chars > HEAD_CHARS || text.includes('\n')
  if (!isLong)
    return (
      <span className="min-w-0 whitespace-pre-wrap break-words">
        <Marked text={text} wanted={wanted} />
      </span>
    )
  const head = text.slice(0, HEAD_CHARS).replaceAll('\n', '↵')
  return (
    <span className="flex min-w-0 flex-1 flex-col items-start">
      {longText === undefined ? (
        <span className="w-full truncate">
          <Marked text={head} wanted={wanted} />
        </span>
      ) : (
        <span className="max-h-96 w-full overflow-auto whitespace-pre-wrap break-words rounded-4 bg-sunken px-2 py-1">
          <Marked text={longText} wanted={wanted} />
        </span>
      )}
      <button
        type="button"
        onClick={onToggleLong}
        className="pointer-coarse:min-h-6 text-11 text-accent hover:underline"
      >
        {longText === undefined ? `All ${chars.toLocaleString('en-US')} characters` : 'Less'}
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
