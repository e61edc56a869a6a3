import { clsx } from 'clsx'
import { Badge } from '#components/ui/badge.tsx'
import { formatScore } from '#lib/format/figures.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'

/** How long ago; the instant itself in the tooltip. */
export function TimeCell({ at }: { readonly at: number }) {
  const time = useTimeFormat()
  return (
    <time dateTime={new Date(at).toISOString()} title={time.full(at)} className="text-text-2">
      {time.when(at, Date.now())}
    </time>
  )
}

/** The beginning of a payload on one line. */
export function PreviewCell({ text }: { readonly text: string | null }) {
  return <span className="mono text-text-2">{text === null ? '–' : text.replace(/\s+/g, ' ')}</span>
}

export function TextCell({ text, isQuiet = false }: { readonly text: string | null; readonly isQuiet?: boolean }) {
  if (text === null || text === '') return <span className="text-text-3">–</span>
  return (
    <span title={text} className={clsx(isQuiet && 'text-text-2')}>
      {text}
    </span>
  )
}

export function WordsCell({ words }: { readonly words: readonly string[] }) {
  if (words.length === 0) return <span className="text-text-3">–</span>
  return (
    <span className="flex gap-1 overflow-hidden" title={words.join(', ')}>
      {words.map((word) => (
        <Badge key={word}>{word}</Badge>
      ))}
    </span>
  )
}

export function ErrorsCell({ count }: { readonly count: number }) {
  return count === 0 ? (
    <span className="text-text-3">–</span>
  ) : (
    <span className="font-medium text-error">✕ {count}</span>
  )
}

interface Score {
  readonly name: string
  readonly dataType: string
  readonly value: number
  readonly text: string
}

export function ScoresCell({ scores }: { readonly scores: readonly Score[] }) {
  if (scores.length === 0) return <span className="text-text-3">–</span>
  const shown = scores.map((score) => ({ ...score, shown: score.text === '' ? formatScore(score.value) : score.text }))
  return (
    <span className="flex gap-2 overflow-hidden" title={shown.map(({ name, shown }) => `${name} ${shown}`).join('\n')}>
      {shown.map(({ name, shown }) => (
        <span key={name} className="whitespace-nowrap">
          <span className="text-text-3">{name}</span> {shown}
        </span>
      ))}
    </span>
  )
}
