import { useQuery } from '@tanstack/react-query'
import type { ExploredView } from '@xtrace/contract'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { suggestionsQuery } from '#api/explore.ts'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { formatCount } from '#lib/format/figures.ts'
import { MORE_KINDS, type MoreKind, moreId } from './more-id.ts'
import type { ExplorerState } from './use-explorer.ts'

interface AddColumnProps {
  readonly table: ExplorerState
  readonly shown: readonly string[]
  onAdd(id: string): void
}

interface Offer {
  readonly id: string
  readonly kind: MoreKind
  readonly key: string
  /** Rows that have it; undefined for what was typed and not found. */
  readonly count: number | undefined
}

const MOST_OFFERS = 12

/** Any key of the metadata, score or type of usage as a column more. */
export function AddColumn({ table, shown, onAdd }: AddColumnProps) {
  const [typed, setTyped] = useState('')
  const offers = useOffers(table, typed.trim()).filter(({ id }) => !shown.includes(id))
  const add = (offer: Offer | undefined) => {
    if (!offer) return
    setTyped('')
    onAdd(offer.id)
  }
  return (
    <form
      className="mt-2 border-t pt-2"
      onSubmit={(event) => {
        event.preventDefault()
        add(offers[0])
      }}
    >
      <Input
        aria-label="Add a column"
        placeholder="Add: metadata key, score, tokens"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul className="mt-1 max-h-[20vh] overflow-y-auto" aria-label="Columns to add">
        {offers.slice(0, MOST_OFFERS).map((offer) => (
          <li key={offer.id}>
            <Button kind="quiet" className="w-full justify-start" onClick={() => add(offer)}>
              <Plus size={14} strokeWidth={1.5} className="shrink-0" />
              <span className="mono truncate">{offer.key}</span>
              <span className="tabular ml-auto shrink-0 pl-2 text-12 text-text-3">
                {offer.kind === 'usage' ? 'tokens' : offer.kind}
                {offer.count === undefined ? '' : ` ${formatCount(offer.count)}`}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </form>
  )
}

const FIELDS: Readonly<Record<MoreKind, string>> = { metadata: 'metadata', score: 'scores', usage: 'usage' }

/** What the rows have, the most frequent first; a typed key is offered whether a row has it or not. */
function useOffers(table: ExplorerState, typed: string): readonly Offer[] {
  const metadata = useFound(table, 'metadata', typed)
  const score = useFound(table, 'score', typed)
  const usage = useFound(table, 'usage', typed)
  const found = { metadata, score, usage }
  const offers = MORE_KINDS.flatMap((kind) => found[kind].map((one) => ({ ...one, kind, id: moreId(kind, one.key) })))
  const isKnown = typed === '' || offers.some(({ key }) => key === typed)
  return isKnown
    ? offers
    : [...offers, { id: moreId('metadata', typed), kind: 'metadata', key: typed, count: undefined }]
}

function useFound({ project, view, interval, env }: ExplorerState, kind: MoreKind, typed: string) {
  // Traces have the tokens of their observations.
  const of: ExploredView = kind === 'usage' ? 'observations' : view
  const { data } = useQuery(suggestionsQuery(project.id, of, { interval, env, field: FIELDS[kind], typed }))
  return data?.values.map(({ value, count }) => ({ key: value, count })) ?? []
}
