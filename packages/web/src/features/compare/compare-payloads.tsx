import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { PAYLOAD_CHARS, type PayloadWindowDto } from '@xtrace/contract'
import { lazy, Suspense } from 'react'
import { observationQuery } from '#api/observation.ts'
import { PresentationView } from '#components/conversation/presentation-view.tsx'
import { unquoted } from '#components/conversation/unquoted.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { countPoints } from '#lib/chat/code-points.ts'
import { present } from '#lib/chat/present.ts'
import { formatCount } from '#lib/format/figures.ts'
import { useProject } from '#project/use-project.ts'
import type { ComparedSide } from './compared-side.ts'

const TextDiff = lazy(async () => ({ default: (await import('./text-diff.tsx')).TextDiff }))

const route = getRouteApi('/p/$project/compare')

const TABS = [
  { name: 'output', label: 'Output' },
  { name: 'input', label: 'Input' },
  { name: 'words', label: 'Words that differ' },
] as const

interface ComparePayloadsProps {
  /** Undefined where a side has none. */
  readonly a: ComparedSide | undefined
  readonly b: ComparedSide | undefined
  readonly titles: readonly [string, string]
}

/** Both sides of two observations beside each other, or as one text with the words that differ. */
export function ComparePayloads({ a, b, titles }: ComparePayloadsProps) {
  const { k = 'output' } = route.useSearch()
  const navigate = useNavigate()
  const field = k === 'input' ? 'input' : 'output'
  const [one, other] = [useText(a, field), useText(b, field)]
  const open = (name: (typeof TABS)[number]['name']) =>
    navigate({ to: '.', search: (old) => ({ ...old, k: name === 'output' ? undefined : name }), replace: true })
  const error = one.error ?? other.error
  return (
    <Tabs label="What is compared" tabs={TABS} value={k === 'tree' ? 'output' : k} onChange={open} className="flex-1">
      {error ? <ErrorState error={error} doing="read the payloads" /> : null}
      {one.isPart || other.isPart ? (
        <p role="status" className="border-b bg-warning-ground px-3 py-1 text-12 text-warning">
          The first {formatCount(PAYLOAD_CHARS)} characters of each side are compared; open the observation to read all
          of it.
        </p>
      ) : null}
      {k === 'words' ? (
        <Suspense fallback={<Skeleton className="m-4 h-24" />}>
          {one.text !== undefined && other.text !== undefined ? <TextDiff a={one.text} b={other.text} /> : null}
        </Suspense>
      ) : (
        <div className="grid h-full grid-cols-2 divide-x overflow-y-auto">
          <Column title={titles[0]} text={one.text} />
          <Column title={titles[1]} text={other.text} />
        </div>
      )}
    </Tabs>
  )
}

function Column({ title, text }: { readonly title: string; readonly text: string | undefined }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="label truncate border-b px-3 py-1">{title}</h2>
      {text === undefined ? (
        <Skeleton className="m-3 h-16" />
      ) : (
        <PresentationView presentation={present(unquoted(text))} />
      )}
    </section>
  )
}

const isPartOf = ({ text, totalChars }: PayloadWindowDto) => countPoints(text) < totalChars

/** The payload's text; '' for a side that has no such observation. */
function useText(side: ComparedSide | undefined, field: 'input' | 'output') {
  const { project } = useProject()
  const { id = '', version = 0 } = side ?? {}
  const { data, error } = useQuery({ ...observationQuery(project.id, id, version), enabled: side !== undefined })
  const payload = data?.payloads[field]
  const text = side === undefined ? '' : payload?.text
  return { text, error, isPart: payload !== undefined && isPartOf(payload) }
}
