import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Popover } from '#components/ui/popover.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { nodeQuery } from '#features/trace-view/model/node-query.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { formatCost, formatPrice } from '#lib/format/cost.ts'
import { formatCount } from '#lib/format/figures.ts'
import { buildReceipt, costBelow, type Receipt as ReceiptFacts } from '#lib/trace/receipt.ts'
import { receiptInput } from './receipt-input.ts'

interface ReceiptProps {
  readonly observationId: string
  /** US dollars, with what lies below it. */
  readonly cost: number
}

/** A cost that tells what it is made of when it is clicked. */
export function Receipt({ observationId, cost }: ReceiptProps) {
  const [isOpen, setOpen] = useState(false)
  const text = formatCost(cost)
  return (
    <Popover
      label="Receipt"
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="w-96"
      trigger={
        <button
          type="button"
          className="tabular rounded-2 text-accent hover:underline"
          aria-label={`Cost ${text}, receipt`}
        >
          {text}
        </button>
      }
    >
      {isOpen ? <ReceiptBody observationId={observationId} cost={cost} /> : null}
    </Popover>
  )
}

const WINNERS: Readonly<Record<ReceiptFacts['winner'], string>> = {
  provided: 'The cost was sent with the observation and counts as it came.',
  project: "Reckoned from the project's own prices.",
  builtin: 'Reckoned from the built-in prices.',
  unknown: 'No price is known for it.',
}

function ReceiptBody({ observationId, cost }: ReceiptProps) {
  const { project } = useTraceContext()
  const model = useModel()
  const { data } = useQuery(nodeQuery(project, model, observationId))
  if (!data) return <Skeleton className="h-24" />
  const receipt = buildReceipt(receiptInput(data))
  const { provided, priced } = receipt.alternatives
  const below = costBelow(receipt, cost)
  if (receipt.lines.length === 0 && receipt.total === undefined)
    return <p className="text-12 text-text-2">The costs of what lies below it; it has none of its own.</p>
  return (
    <div className="tabular flex flex-col gap-2 text-12">
      <p className="text-text-2">
        {WINNERS[receipt.winner]} {receipt.tier ? `Tier ${receipt.tier}.` : ''}
      </p>
      <Lines receipt={receipt} />
      {provided !== undefined && priced !== undefined ? (
        <p className="text-text-2">
          As sent {formatCost(provided)}, by the model table {formatCost(priced)}.
        </p>
      ) : null}
      {below > 0 ? (
        <p className="text-text-2">
          With {formatCost(below)} for what lies below it, {formatCost(cost)} in all.
        </p>
      ) : null}
      {receipt.warnings.map(({ code, text }) => (
        <p key={code} className="rounded-4 bg-warning-ground px-2 py-1 text-warning">
          {text}
        </p>
      ))}
    </div>
  )
}

function Lines({ receipt }: { readonly receipt: ReceiptFacts }) {
  return (
    <table>
      <thead className="text-text-3">
        <tr>
          <th className="text-left font-normal">Kind</th>
          <th className="text-right font-normal">Tokens</th>
          <th className="text-right font-normal">Price</th>
          <th className="text-right font-normal">Cost</th>
        </tr>
      </thead>
      <tbody>
        {receipt.lines.map(({ kind, tokens, price, billed }) => (
          <tr key={kind} className="border-t">
            <td className="py-0.5">{kind}</td>
            <td className="text-right">{formatCount(tokens)}</td>
            <td className="text-right text-text-3">{formatPrice(price)}</td>
            <td className="text-right">{formatCost(billed)}</td>
          </tr>
        ))}
        <tr className="border-t font-medium">
          <td className="py-0.5" colSpan={3}>
            Total
          </td>
          <td className="text-right">{formatCost(receipt.total)}</td>
        </tr>
      </tbody>
    </table>
  )
}
