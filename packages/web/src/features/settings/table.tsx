import { clsx } from 'clsx'
import type { ReactNode } from 'react'

interface TableHead {
  readonly name: string
  readonly isNumeric?: boolean
  /** Not drawn, only told: of a column whose cells speak for themselves. */
  readonly isForReaders?: boolean
}

interface TableProps {
  readonly label: string
  readonly head: readonly TableHead[]
  /** `tr` elements. */
  readonly children: ReactNode
}

/** A small table of a settings page. */
export function Table({ label, head, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="overflow-x-auto" tabIndex={0}>
      <table className="w-full border-t text-12">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b">
            {head.map(({ name, isNumeric, isForReaders }) => (
              <th
                key={name}
                scope="col"
                className={clsx('label h-7 px-2 first:pl-0', isNumeric ? 'text-right' : 'text-left')}
              >
                {isForReaders ? <span className="sr-only">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

export function Cell({ children, isNumeric = false }: { readonly children: ReactNode; readonly isNumeric?: boolean }) {
  return <td className={clsx('h-9 px-2 first:pl-0', isNumeric && 'text-right')}>{children}</td>
}
