import { createHash } from 'node:crypto'
import type { DatasetItems } from '#catalog/dataset-items.ts'
import type { Datasets } from '#catalog/datasets.ts'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import { payloadValue } from '#domain/payload.ts'
import { printJson } from '#lib/json/print.ts'
import { parseTree, printTree } from '#lib/json/tree.ts'

/** What a trace or an observation holds, as it is stored. */
interface RecordedContent {
  readonly id: string
  readonly traceId: string
  readonly input: string | undefined
  readonly output: string | undefined
  /** JSON text of one object. */
  readonly metadata: string
}

export interface DatasetFilling {
  readonly datasets: Pick<Datasets, 'byName'>
  readonly datasetItems: Pick<DatasetItems, 'byIds' | 'upsert'>
  /** Of those that are there, in any order. */
  contentsOf(order: FillingOrder, ids: readonly string[]): Promise<readonly RecordedContent[]>
}

export interface FillingOrder {
  readonly projectId: ProjectId
  readonly datasetName: string
  /** What the ids are of: traces when absent. */
  readonly from?: 'observations' | undefined
}

/**
 * Makes an item from each trace or observation: what went in, what came out as what is expected, and where it is from.
 * Each is in a dataset once: an item that was made from it before stays as it stands now, so all this can be repeated.
 * @throws AppError `not_found` without the dataset, `bad_request` for one that its schemas refuse
 */
export async function fillDataset(
  { datasets, datasetItems, contentsOf }: DatasetFilling,
  order: FillingOrder,
  ids: readonly string[],
): Promise<void> {
  const { projectId, datasetName, from } = order
  const dataset = await datasets.byName(projectId, datasetName)
  if (!dataset) throw new AppError('not_found', `There is no dataset "${datasetName}" any more`)
  const itemIds = new Map(ids.map((id) => [id, itemIdOf(dataset.id, id, from)]))
  const made = new Set((await datasetItems.byIds(projectId, [...itemIds.values()])).map(({ id }) => id))
  const missing = ids.filter((id) => !made.has(itemIds.get(id) ?? ''))
  const contents = new Map((await contentsOf(order, missing)).map((content) => [content.id, content]))
  for (const id of missing) {
    const content = contents.get(id)
    if (!content) continue
    const write = {
      datasetName,
      id: itemIdOf(dataset.id, id, from),
      sourceTraceId: content.traceId,
      ...(from && { sourceObservationId: id }),
      ...itemOf(content),
    }
    await datasetItems.upsert(projectId, write).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'bad_request')
        throw new AppError('bad_request', `${from ? 'Observation' : 'Trace'} ${id}: ${error.message}`, { cause: error })
      throw error
    })
  }
}

/** The id of the item that a dataset has of a trace, or of an observation. */
const itemIdOf = (datasetId: string, id: string, from: FillingOrder['from']): string =>
  createHash('sha256')
    .update(JSON.stringify(['xtrace-dataset-item-v1', datasetId, id, ...(from ? [from] : [])]))
    .digest('hex')
    .slice(0, 32)

const itemOf = ({ input, output, metadata }: RecordedContent) => ({
  input: jsonTextOf(input),
  expectedOutput: jsonTextOf(output),
  metadata: ownMetadata(metadata),
})

const jsonTextOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : printJson(payloadValue(text))

/** Who sent a span stands beside what the program put there; the item's source says it. */
function ownMetadata(text: string): string | undefined {
  const tree = parseTree(text)
  if (!(tree instanceof Map)) return undefined
  if (tree.get('resourceAttributes') instanceof Map && tree.get('scope') instanceof Map)
    for (const key of ['resourceAttributes', 'scope', 'attributes']) if (tree.get(key) instanceof Map) tree.delete(key)
  return tree.size === 0 ? undefined : printTree(tree)
}
