import { useAnnounced } from '#components/ui/announcer.tsx'
import { parseTokens } from '#lib/filter/parse.ts'
import type { Mark } from '#lib/filter/verdict.ts'

/** Why some terms are not in force, each by its text. */
export function FilterMarks({ text, marks }: { readonly text: string; readonly marks: readonly Mark[] }) {
  const tokens = parseTokens(text)
  const lines = marks.map(({ index, kind, reason }) => {
    const token = tokens[index]
    return { index, kind, term: token ? text.slice(token.from, token.to) : '', reason: `is left out. ${reason}` }
  })
  useAnnounced('filter', lines.map(({ term, reason }) => `${term} ${reason}`).join(' '))
  if (lines.length === 0) return null
  return (
    <ul className="flex flex-col gap-0.5 px-1 text-12">
      {lines.map(({ index, kind, term, reason }) => (
        <li key={index} className="text-text-2">
          <span className={kind === 'invalid' ? 'mono text-error' : 'mono text-warning'}>{term}</span> {reason}
        </li>
      ))}
    </ul>
  )
}
