import { clsx } from 'clsx'
import { type ReactNode, useEffect } from 'react'

interface PageProps {
  /** Of the browser's tab, and for readers. */
  readonly title: string
  readonly children: ReactNode
  /** The page scrolls as a whole; tables and the trace view scroll inside themselves. */
  readonly scrolls?: boolean
}

/** What lies right of the rail and under the top bar. */
export function Page({ title, children, scrolls = false }: PageProps) {
  useEffect(() => {
    document.title = `${title} · xtrace`
  }, [title])
  return (
    <main
      id="main"
      tabIndex={-1}
      className={clsx('flex min-h-0 min-w-0 flex-1 flex-col outline-none', scrolls && 'overflow-y-auto')}
    >
      <h1 className="sr-only">{title}</h1>
      {children}
    </main>
  )
}
