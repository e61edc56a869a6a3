/**
 * Items of experiments that clients registered through dataset-run-items and whose spans say nothing of
 * an experiment: what was linked by hand, and by clients older than experiment spans.
 */
import type { Experiment } from '#domain/change.ts'
import type { DatasetItem, DatasetRun, DatasetRunItem } from '#domain/dataset.ts'
import { type TraceId, traceId } from '#domain/ids.ts'
import type { Observation } from '#domain/observation.ts'
import { metadataText } from '#domain/payload.ts'
import { msFromNanos, nanosFromMs } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import { defined } from '#lib/defined.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { fromObservationRow } from '#store/rows/observation.ts'
import { fromTraceRow } from '#store/rows/trace.ts'
import { sql } from '#store/sql.ts'
import { holdsFor, valuesAsked } from './experiment-filter.ts'
import type { ExperimentItem, ExperimentItemsQuestion } from './experiment-items.ts'
import { itemKey, itemKeysInSpans } from './experiment-run-items.ts'
import type { ExperimentSource } from './experiment-source.ts'
import { windowOf } from './experiments.ts'
import { WHOLE, WITHOUT_PAYLOADS } from './load-rows.ts'
import { isRoot } from './measures.ts'
import { ask, isAmong, ofProject } from './reader.ts'

const READ_AT_ONCE = 1000

/** The newest of them behind the place asked for, at most `limit`. */
export async function findUnseenItems(
  source: ExperimentSource,
  question: ExperimentItemsQuestion,
): Promise<ExperimentItem[]> {
  const found: DatasetRunItem[] = []
  const seen = new Map<string, Set<string>>()
  for (let offset = 0; found.length < question.limit; offset += READ_AT_ONCE) {
    const batch = await readBatch(source, question, offset)
    const runIds = [...new Set(batch.map(({ runId }) => runId))].filter((id) => !seen.has(id))
    const keys = await itemKeysInSpans(source, runIds)
    for (const id of runIds) seen.set(id, keys)
    found.push(...batch.filter((item) => !seen.get(item.runId)?.has(itemKey(item)) && isWanted(item, question)))
    if (batch.length < READ_AT_ONCE) break
  }
  return await completed(source, question, found.slice(0, question.limit))
}

function readBatch(source: ExperimentSource, question: ExperimentItemsQuestion, offset: number) {
  const { from, to } = windowOf(question)
  const { after, filters } = question
  const runIds = valuesAsked(filters, 'experimentId')
  return source.runs.itemsWithin(source.reader.projectId, {
    from,
    to: after ? Math.min(to, msFromNanos(after.time) + 1) : to,
    ...(runIds && { runIds }),
    limit: READ_AT_ONCE,
    offset,
  })
}

function isWanted(item: DatasetRunItem, { filters, after }: ExperimentItemsQuestion): boolean {
  const time = nanosFromMs(item.createdAt)
  const isBehind = !after || time < after.time || (time === after.time && idOf(item) < after.id)
  const texts = {
    experimentId: item.runId,
    experimentName: item.runName,
    experimentItemId: item.itemId,
    datasetId: item.datasetId,
  }
  return isBehind && holdsFor('experimentItems', filters, texts)
}

/** Known before anything else is read of the item, for its place in the list hangs on it. */
const idOf = ({ observationId, traceId: trace }: DatasetRunItem): string => observationId ?? trace

async function completed(
  source: ExperimentSource,
  question: ExperimentItemsQuestion,
  items: readonly DatasetRunItem[],
): Promise<ExperimentItem[]> {
  if (items.length === 0) return []
  const { projectId } = source.reader
  const unique = (values: readonly string[]) => [...new Set(values)]
  const [done, runs, datasetItems] = await Promise.all([
    findDone(source, question, items),
    source.runs.byIds(projectId, unique(items.map(({ runId }) => runId))),
    source.items.byIds(projectId, unique(items.map(({ itemId }) => itemId))),
  ])
  const runOf = new Map(runs.map((run) => [run.id, run]))
  const datasetItemOf = new Map(datasetItems.map((item) => [item.id, item]))
  return items.map((item) => ({
    ...whatWasDone(item, done),
    id: idOf(item),
    experiment: experimentOf(item, runOf.get(item.runId), datasetItemOf.get(item.itemId)),
    time: nanosFromMs(item.createdAt),
  }))
}

interface Done {
  readonly observations: readonly Observation[]
  readonly traces: ReadonlyMap<string, Trace>
}

/** The observations that were linked, the roots of the traces that were, and the traces. */
async function findDone(
  { reader }: ExperimentSource,
  { parts }: ExperimentItemsQuestion,
  items: readonly DatasetRunItem[],
): Promise<Done> {
  const columns = parts.io || parts.metadata ? WHOLE : WITHOUT_PAYLOADS
  const traceIds = [...new Set(items.map((item) => item.traceId))]
  const isLinked = isAmong(sql`id`, items.map(idOf))
  const project = ofProject(reader.projectId)
  const [observations, traces] = await Promise.all([
    ask(
      reader,
      sql`SELECT ${columns} FROM observations FINAL WHERE ${project} AND ${isAmong(sql`trace_id`, traceIds)} AND (${isLinked} OR ${isRoot}) ORDER BY start_time, id`,
    ),
    ask(reader, sql`SELECT ${columns} FROM traces FINAL WHERE ${project} AND ${isAmong(sql`id`, traceIds)}`),
  ])
  return {
    observations: observations.map((row) => fromObservationRow(row).entity),
    traces: new Map(traces.map((row) => fromTraceRow(row).entity).map((trace) => [trace.id, trace])),
  }
}

type Deed = Omit<ExperimentItem, 'id' | 'experiment' | 'time'>

/** The observation that was linked, else the trace by its first root, else what the registration alone says. */
function whatWasDone(item: DatasetRunItem, { observations, traces }: Done): Deed {
  const id: TraceId = traceId(item.traceId)
  const own = observations.filter((observation) => observation.traceId === id)
  const observation = own.find((candidate) => candidate.id === item.observationId) ?? own[0]
  if (observation && item.observationId === observation.id) return observation
  const trace = traces.get(id)
  const time = trace?.timestamp ?? nanosFromMs(item.createdAt)
  return {
    traceId: id,
    startTime: observation?.startTime ?? time,
    endTime: observation?.endTime,
    level: observation?.level ?? 'DEFAULT',
    environment: observation?.environment ?? trace?.environment ?? 'default',
    input: trace?.input ?? observation?.input,
    output: trace?.output ?? observation?.output,
    metadata: trace?.metadata ?? observation?.metadata ?? '{}',
  }
}

function experimentOf(item: DatasetRunItem, run: DatasetRun | undefined, of: DatasetItem | undefined): Experiment {
  return defined({
    id: item.runId,
    name: item.runName,
    description: run?.description,
    datasetId: item.datasetId,
    itemId: item.itemId,
    itemExpectedOutput: of?.expectedOutput,
    metadata: run?.metadata,
    itemMetadata: of?.metadata === undefined ? undefined : metadataText(new JsonText(of.metadata)),
  })
}
