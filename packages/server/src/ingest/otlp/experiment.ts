import type { Experiment } from '#domain/change.ts'
import { parseIso } from '#domain/time.ts'
import { defined } from '#lib/defined.ts'
import { printJson } from '#lib/json/print.ts'
import { type JsonTree, parseTree, printTree } from '#lib/json/tree.ts'
import type { Attributes } from './otlp-request.ts'
import { exactJson, firstText, isFields, printMembers, textOf } from './values.ts'

const PREFIX = 'langfuse.experiment.'
const METADATA = `${PREFIX}metadata`
const ITEM_METADATA = `${PREFIX}item.metadata`

/** The run and item of an experiment that a span belongs to (langfuse-ingestion contract §10.4); undefined for none. */
export function spanExperiment(attributes: Attributes): Experiment | undefined {
  if (!hasExperiment(attributes)) return undefined
  const text = (name: string) => firstText(attributes, [PREFIX + name])
  return defined({
    id: text('id'),
    name: text('name'),
    description: text('description'),
    datasetId: text('dataset.id'),
    itemId: text('item.id'),
    itemVersion: instant(text('item.version')),
    itemRootObservationId: text('item.root_observation_id'),
    itemExpectedOutput: text('item.expected_output'),
    metadata: flatMetadata(attributes, METADATA),
    itemMetadata: flatMetadata(attributes, ITEM_METADATA),
  })
}

function hasExperiment(attributes: Attributes): boolean {
  for (const key of attributes.keys()) if (key.startsWith(PREFIX)) return true
  return false
}

function instant(text: string | undefined): string | undefined {
  return text !== undefined && parseIso(text) !== undefined ? text : undefined
}

/** One JSON object, laid over by dotted keys; nested objects become dotted keys, all values text. */
function flatMetadata(attributes: Attributes, key: string): string | undefined {
  const flat = new Map<string, string>()
  const value = attributes.get(key)
  const json = typeof value === 'string' ? exactJson(value) : value
  if (json !== undefined && isFields(json)) flatten(flat, '', parseTree(printJson(json)))
  for (const [name, member] of attributes) {
    if (name.startsWith(`${key}.`)) flat.set(name.slice(key.length + 1), textOf(member))
  }
  return flat.size === 0 ? undefined : printMembers(flat)
}

function flatten(flat: Map<string, string>, name: string, tree: JsonTree): void {
  if (tree instanceof Map) {
    for (const [key, member] of tree) flatten(flat, name === '' ? key : `${name}.${key}`, member)
  } else if (name !== '') {
    const text = printTree(tree)
    flat.set(name, text.startsWith('"') ? String(JSON.parse(text)) : text)
  }
}
