import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { formatChange } from '#lib/format/figures.ts'

interface TileProps {
  readonly label: string
  readonly value: string
  /** Full precision, on hover. */
  readonly exact?: string | undefined
  readonly now: number | null | undefined
  /** Of the period before. */
  readonly before: number | null | undefined
  readonly project: string
  /** The filter under which the rows behind the figure are. */
  readonly q?: string | undefined
  /** The order in which they are of interest. */
  readonly sort?: string | undefined
}

/** A headline figure: a door to the rows behind it. */
export function Tile({ label, value, exact, now, before, project, q, sort }: TileProps) {
  const change = formatChange(now, before)
  const Arrow = change?.direction === 'down' ? ArrowDown : ArrowUp
  return (
    <Link
      to="/p/$project/traces"
      params={{ project }}
      search={(earlier) => ({ t: earlier.t, env: earlier.env, q, sort })}
      title={exact}
      className="-mr-px -mb-px flex min-w-0 flex-col gap-0.5 border-r border-b px-4 py-3 hover:bg-hover"
    >
      <span className="label">{label}</span>
      <span className="tabular font-semibold text-28">{value}</span>
      <span className="tabular flex h-4 items-center gap-0.5 whitespace-nowrap text-11 text-text-3">
        {change ? (
          <>
            {change.direction === 'same' ? null : (
              <Arrow size={11} strokeWidth={1.5} className="shrink-0" aria-hidden />
            )}
            {change.text} <span className="truncate">from the period before</span>
          </>
        ) : null}
      </span>
    </Link>
  )
}
