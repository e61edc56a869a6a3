import { parseTokens } from '#lib/filter/parse.ts'
import type { Mark } from '#lib/filter/verdict.ts'

/** Why some terms are not in force, each by its text. */
export function FilterMarks({ text, marks }: { readonly text: string; readonly marks: readonly Mark[] }) {
  if (marks.length === 0) return null
  const tokens = parseTokens(text)
  return (
    <ul role="status" className="flex flex-col gap-0.5 px-1 text-12">
      {marks.map(({ index, kind, reason }) => {
        const token = tokens[index]
        return (
          <li key={index} className="text-text-2">
            <span className={kind === 'invalid' ? 'mono text-error' : 'mono text-warning'}>
              {token ? text.slice(token.from, token.to) : ''}
            </span>{' '}
            is left out. {reason}
          </li>
        )
      })}
    </ul>
  )
}
