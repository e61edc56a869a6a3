/** What can be filtered by: the bar's names, the columns that they stand for, and what their values are. */
import type { FieldRef } from './query.ts'

export type Table = 'traces' | 'observations'

export type Unit = 'seconds' | 'tokens' | 'dollars' | 'none'

export type FieldType =
  /** A short text; a plain value is the whole of it. */
  | { readonly is: 'text'; readonly isUpper?: true }
  /** A long text; a plain value is a part of it. `setColumn` tells whether there is any. */
  | { readonly is: 'payload'; readonly setColumn: string }
  | { readonly is: 'number'; readonly unit: Unit }
  | { readonly is: 'boolean' }
  | { readonly is: 'list' }
  | { readonly is: 'time' }
  | { readonly is: 'metadata' }
  | { readonly is: 'score' }

export interface Field {
  /** As the bar writes it. */
  readonly name: string
  readonly type: FieldType
  /** Where it lies in each table; absent where a table does not know it. */
  readonly columns: Readonly<Partial<Record<Table, string>>>
  /** What the values are, for the list of suggestions. */
  readonly about: string
}

type Row = readonly [name: string, column: string, type: FieldType, about: string, table?: Table]

const TEXT = { is: 'text' } as const
const UPPER = { is: 'text', isUpper: true } as const
const LIST = { is: 'list' } as const
const BOOLEAN = { is: 'boolean' } as const
const TIME = { is: 'time' } as const
const number = (unit: Unit): FieldType => ({ is: 'number', unit })

const ROWS: readonly Row[] = [
  ['name', 'name', TEXT, 'name of the trace or observation'],
  ['level', 'level', UPPER, 'debug, default, warning, error'],
  ['env', 'environment', TEXT, 'environment'],
  ['user', 'userId', TEXT, 'user id'],
  ['session', 'sessionId', TEXT, 'session id'],
  ['tags', 'tags', LIST, 'tags of the trace'],
  ['latency', 'latency', number('seconds'), 'duration: >2s, 200ms..1s'],
  ['cost', 'totalCost', number('dollars'), 'US dollars'],
  ['tokens', 'totalTokens', number('tokens'), 'all tokens: >10k'],
  ['input_tokens', 'inputTokens', number('tokens'), 'tokens read'],
  ['output_tokens', 'outputTokens', number('tokens'), 'tokens written'],
  ['metadata', 'metadata', { is: 'metadata' }, 'metadata.key'],
  ['score', 'scores_avg', { is: 'score' }, 'score."name"'],
  ['type', 'type', UPPER, 'span, generation, tool, …', 'observations'],
  ['model', 'model', TEXT, 'name of the model', 'observations'],
  ['status', 'statusMessage', TEXT, 'status message', 'observations'],
  ['ttft', 'timeToFirstToken', number('seconds'), 'time to the first token', 'observations'],
  ['speed', 'tokensPerSecond', number('none'), 'tokens a second', 'observations'],
  ['prompt', 'promptName', TEXT, 'name of the prompt', 'observations'],
  ['prompt_version', 'promptVersion', number('none'), 'version of the prompt', 'observations'],
  ['tool', 'calledToolNames', LIST, 'tools that were called', 'observations'],
  ['tool_defs', 'toolNames', LIST, 'tools that were offered', 'observations'],
  ['parent', 'parentObservationId', TEXT, 'id of the parent', 'observations'],
  ['root', 'isRootObservation', BOOLEAN, 'the root of its trace', 'observations'],
  ['experiment', 'experimentName', TEXT, 'name of the experiment', 'observations'],
  ['input', 'input', { is: 'payload', setColumn: 'hasInput' }, 'text of the input', 'observations'],
  ['output', 'output', { is: 'payload', setColumn: 'hasOutput' }, 'text of the output', 'observations'],
  ['errors', 'errorCount', number('none'), 'observations with an error', 'traces'],
  ['bookmarked', 'bookmarked', BOOLEAN, 'has a bookmark', 'traces'],
  ['id', 'id', TEXT, 'id'],
  ['trace', 'traceId', TEXT, 'id of the trace'],
  ['version', 'version', TEXT, 'version'],
  ['release', 'release', TEXT, 'release'],
]

/** Public columns that have no name of their own in the bar. */
const MORE: readonly Row[] = [
  ['timestamp', 'timestamp', TIME, 'time of the trace', 'traces'],
  ['startTime', 'startTime', TIME, 'start', 'observations'],
  ['endTime', 'endTime', TIME, 'end', 'observations'],
  ['inputCost', 'inputCost', number('dollars'), 'US dollars of the input'],
  ['outputCost', 'outputCost', number('dollars'), 'US dollars of the output'],
  ['warningCount', 'warningCount', number('none'), 'observations with a warning', 'traces'],
  ['defaultCount', 'defaultCount', number('none'), 'observations without a level', 'traces'],
  ['debugCount', 'debugCount', number('none'), 'observations for debugging', 'traces'],
  ['public', 'public', BOOLEAN, 'open to all', 'traces'],
  ['modelId', 'modelId', TEXT, 'id of the price entry', 'observations'],
  ['toolDefinitions', 'toolDefinitions', number('none'), 'how many tools were offered', 'observations'],
  ['toolCalls', 'toolCalls', number('none'), 'how many tools were called', 'observations'],
  ['hasParentObservation', 'hasParentObservation', BOOLEAN, 'has a parent', 'observations'],
  ['hasInput', 'hasInput', BOOLEAN, 'has an input', 'observations'],
  ['hasOutput', 'hasOutput', BOOLEAN, 'has an output', 'observations'],
  ['experimentId', 'experimentId', TEXT, 'id of the experiment', 'observations'],
  ['experimentDatasetId', 'experimentDatasetId', TEXT, 'dataset of the experiment', 'observations'],
]

const toField = ([name, column, type, about, table]: Row): Field => ({
  name,
  type,
  about,
  columns: table ? { [table]: column } : { traces: column, observations: column },
})

/** Those that are suggested, the most used first. */
export const FIELDS: readonly Field[] = ROWS.map(toField)

const ALIASES: Readonly<Record<string, string>> = {
  environment: 'env',
  traceTags: 'tags',
  traceName: 'name',
  providedModelName: 'model',
  scores: 'score',
  scores_avg: 'score',
  score_categories: 'score',
  score_booleans: 'score',
}

const BY_NAME: ReadonlyMap<string, Field> = new Map([
  ...[...ROWS, ...MORE].flatMap((row): [string, Field][] => {
    const field = toField(row)
    return [row[1], row[0]].map((name) => [name, field])
  }),
])

/** The field of a name or of a public column; undefined for what nothing is called. */
export function findField(name: string): Field | undefined {
  return BY_NAME.get(ALIASES[name] ?? '') ?? BY_NAME.get(name)
}

/** One name for one thing: what a field is called, whichever of its names was typed. */
export const canonical = ({ name, key }: FieldRef): FieldRef => ({ name: findField(name)?.name ?? name, key })

export const isSameField = (a: FieldRef, b: FieldRef): boolean => {
  const [one, other] = [canonical(a), canonical(b)]
  return one.name === other.name && one.key === other.key
}

/** The public column that stands for input, output, name and id at once; the bar writes its values bare. */
export const FULL_TEXT = 'fullText'

/** Keys of metadata that agents write, suggested first. */
export const AGENT_KEYS = ['turn_id', 'run_id', 'step_id', 'step_type', 'tool_name'] as const
