import type { ReactNode } from 'react'

interface SectionProps {
  readonly title: string
  readonly text?: ReactNode
  /** At the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a settings page. */
export function Section({ title, text, actions, children }: SectionProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-4 pb-8">
      <header className="flex items-start justify-between gap-4">
        <div className="flex flex-col gap-1">
          <h2 className="font-semibold text-16">{title}</h2>
          {text ? <p className="max-w-[72ch] text-text-2">{text}</p> : null}
        </div>
        {actions}
      </header>
      {children}
    </section>
  )
}

/** Names and values, a line each. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="border-t">
      {facts.map(([name, value]) => (
        <div key={name} className="flex min-h-8 items-center gap-4 border-b py-1">
          <dt className="w-48 shrink-0 text-text-2">{name}</dt>
          <dd className="tabular min-w-0 flex-1 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
