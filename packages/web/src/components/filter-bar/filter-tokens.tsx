import { clsx } from 'clsx'
import { parseTokens } from '#lib/filter/parse.ts'
import type { Mark } from '#lib/filter/verdict.ts'

interface FilterTokensProps {
  readonly text: string
  readonly marks: readonly Mark[]
}

/** The text of the bar with its terms as chips, behind the field in which it is typed: character for character. */
export function FilterTokens({ text, marks }: FilterTokensProps) {
  const tokens = parseTokens(text)
  return tokens.map(({ term, from, to }, index) => {
    const mark = marks.find((one) => one.index === index)
    const before = text.slice(tokens[index - 1]?.to ?? 0, from)
    const source = text.slice(from, to)
    const colon = term.kind === 'field' ? source.indexOf(':') + 1 : 0
    return (
      <span key={from}>
        {before}
        <span
          className={clsx(
            'rounded-4 py-0.5',
            !mark && term.kind === 'field' && 'bg-selected',
            mark && lookOfMark(mark.kind),
          )}
        >
          <span className="text-text-2">{source.slice(0, colon)}</span>
          {source.slice(colon)}
        </span>
      </span>
    )
  })
}

const lookOfMark = (kind: Mark['kind']): string =>
  kind === 'elsewhere'
    ? 'text-text-3 line-through'
    : clsx(
        'underline decoration-wavy underline-offset-4',
        kind === 'invalid' ? 'decoration-error' : 'decoration-warning',
      )
