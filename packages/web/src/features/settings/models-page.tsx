import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ModelDto } from '@xtrace/contract'
import { useState } from 'react'
import { deleteModel, modelsQuery } from '#api/models.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Input } from '#components/ui/input.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatPrice } from '#lib/format/cost.ts'
import { formatCount } from '#lib/format/figures.ts'
import { useProject } from '#project/use-project.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { foundModels } from './model-form.ts'
import { NewModelButton } from './new-model-button.tsx'
import { Section } from './section.tsx'
import { Cell, Table } from './table.tsx'

const HEAD = [
  { name: 'Model' },
  { name: 'Matches' },
  { name: 'Input', isNumeric: true },
  { name: 'Output', isNumeric: true },
  { name: 'Actions' },
]

/** What costs are reckoned by: the prices that come with xtrace, and those of the project before them. */
export function ModelsPage() {
  const { project } = useProject()
  const [typed, setTyped] = useState('')
  const models = useQuery(modelsQuery(project.id))
  const found = foundModels(models.data ?? [], typed)
  const canChange = project.role !== 'VIEWER'
  return (
    <Section
      title="Models and prices"
      text="A generation takes the prices of the model whose pattern matches its name; the project's own go before those that come with xtrace. New prices hold for what arrives from then on."
      actions={canChange ? <NewModelButton /> : null}
    >
      {models.isPending ? <SkeletonRows count={8} height={36} /> : null}
      {models.error ? (
        <ErrorState error={models.error} doing="read the models" onRetry={() => models.refetch()} />
      ) : null}
      {models.data ? (
        <>
          <Input
            type="search"
            className="max-w-90"
            aria-label="Search models by name or pattern"
            placeholder={`Search ${formatCount(models.data.length)} models`}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Table label="Models" head={HEAD}>
            {found.map((model) => (
              <ModelRow key={model.id} model={model} canChange={canChange} />
            ))}
          </Table>
          {found.length === 0 ? <p className="text-text-2">No model of this name.</p> : null}
        </>
      ) : null}
    </Section>
  )
}

function ModelRow({ model, canChange }: { readonly model: ModelDto; readonly canChange: boolean }) {
  const { project } = useProject()
  const queryClient = useQueryClient()
  const { id, modelName, matchPattern, prices, isLangfuseManaged, pricingTiers } = model
  const remove = async () => {
    await deleteModel(project.id, id)
    await queryClient.invalidateQueries(modelsQuery(project.id))
  }
  const price = (kind: string) => (
    <span className="tabular whitespace-nowrap" title={prices[kind] && `$${prices[kind].price} a token`}>
      {formatPrice(prices[kind]?.price)}
    </span>
  )
  return (
    <tr className="border-b">
      <Cell>
        {modelName}
        {pricingTiers.length > 1 ? <span className="text-text-3"> {pricingTiers.length} tiers</span> : null}
      </Cell>
      <Cell>
        <span className="mono block max-w-72 truncate" title={matchPattern}>
          {matchPattern}
        </span>
      </Cell>
      <Cell isNumeric>{price('input')}</Cell>
      <Cell isNumeric>{price('output')}</Cell>
      <Cell isNumeric>
        {isLangfuseManaged ? <span className="text-text-3">built in</span> : null}
        {canChange && !isLangfuseManaged ? (
          <ConfirmButton
            verb="Delete"
            title={`Delete ${modelName}`}
            text="What has arrived keeps its costs; what arrives from now on takes the prices of another model that matches, or none."
            act={remove}
          />
        ) : null}
      </Cell>
    </tr>
  )
}
