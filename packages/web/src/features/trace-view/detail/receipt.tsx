import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { modelQuery } from '#api/models.ts'
import { observationQuery } from '#api/trace.ts'
import { Popover } from '#components/ui/popover.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { formatCost, formatPrice } from '#lib/format/cost.ts'
import { formatCount } from '#lib/format/figures.ts'
import { buildReceipt } from './build-receipt.ts'

interface ReceiptProps {
  readonly observationId: string
  /** US dollars. */
  readonly cost: number
}

/** A cost that tells what it is made of when it is clicked. */
export function Receipt({ observationId, cost }: ReceiptProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="w-96"
      trigger={
        <button
          type="button"
          className="tabular rounded-2 text-accent hover:underline"
          aria-label={`Cost ${formatCost(cost)}, receipt`}
        >
          {formatCost(cost)}
        </button>
      }
    >
      {isOpen ? <ReceiptBody observationId={observationId} /> : null}
    </Popover>
  )
}

function ReceiptBody({ observationId }: { readonly observationId: string }) {
  const { project } = useTraceContext()
  const { data } = useQuery(observationQuery(project, observationId))
  const observation = data?.observation
  const model = useQuery(modelQuery(project, observation?.modelId ?? undefined))
  if (!observation || (observation.modelId && model.isPending)) return <Skeleton className="h-24" />
  const receipt = buildReceipt(observation, model.data)
  return (
    <div className="tabular flex flex-col gap-2 text-12">
      <p className="font-medium">{receipt.source}</p>
      {receipt.lines.length > 0 ? (
        <table>
          <thead className="text-text-3">
            <tr>
              <th className="text-left font-normal">Kind</th>
              <th className="text-right font-normal">Units</th>
              <th className="text-right font-normal">Price</th>
              <th className="text-right font-normal">Cost</th>
            </tr>
          </thead>
          <tbody>
            {receipt.lines.map(({ kind, units, price, cost }) => (
              <tr key={kind} className="border-t">
                <td className="py-0.5">{kind}</td>
                <td className="text-right">{formatCount(units)}</td>
                <td className="text-right text-text-3">{formatPrice(price)}</td>
                <td className="text-right">{formatCost(cost)}</td>
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
      ) : (
        <p className="text-text-2">The costs of what lies below it; it has none of its own.</p>
      )}
      {receipt.alternatives.map(({ name, total }) => (
        <p key={name} className="flex justify-between text-text-2">
          <span>{name}</span>
          <span>{formatCost(total)}</span>
        </p>
      ))}
      {receipt.warnings.map((text) => (
        <p key={text} className="rounded-4 bg-warning-ground px-2 py-1 text-warning">
          {text}
        </p>
      ))}
    </div>
  )
}
