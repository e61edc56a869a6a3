/**
 * Stored records as OTLP/JSON spans, for other tools and for our own way in, which reads them back to the same
 * records (ingest/otlp). What the attributes of `langfuse.*` say comes first there, so the attributes that a span was
 * sent with can stand beside them. OTLP has no word for a span without an end, for bookmarks, and for metadata of a
 * trace apart from that of its root.
 */
import type { Experiment } from '#domain/change.ts'
import type { Observation, ObservationType } from '#domain/observation.ts'
import { isoFromNanos, type Nanos } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import { sumOf } from '#http/dto/observation-dto.ts'
import * as keys from '#ingest/otlp/attributes.ts'
import { LANGFUSE_KEYS, LANGFUSE_TRACE_KEYS } from '#ingest/otlp/payload-keys.ts'
import { type KeyValue, textValue } from './any-value.ts'
import { type Provenance, provenanceOf, type Sender } from './sender.ts'

export interface SentSpan {
  readonly sender: Sender
  readonly span: object
}

const ERROR_STATUS = 2
const INTERNAL_KIND = 1

/** One observation; `trace` is given with the one that speaks for its trace. */
export function toOtlpSpan(observation: Observation, trace?: Trace): SentSpan {
  const { id, traceId, parentObservationId, name, startTime, endTime, level, statusMessage } = observation
  const provenance = provenanceOf(observation.metadata)
  const attributes = new SpanAttributes(provenance.attributes)
  attributes.keepName(name)
  addConventions(attributes, observation, provenance)
  addObservation(attributes, observation)
  addGeneration(attributes, observation)
  addContext(attributes, observation, trace)
  addExperiment(attributes, observation.experiment)
  if (trace) addTrace(attributes, trace, observation)
  return {
    sender: provenance.sender,
    span: {
      traceId,
      spanId: id,
      ...(parentObservationId !== undefined && { parentSpanId: parentObservationId }),
      name: name ?? '',
      kind: INTERNAL_KIND,
      startTimeUnixNano: String(startTime),
      endTimeUnixNano: String(endTime ?? startTime),
      attributes: attributes.list(),
      status: level === 'ERROR' ? { code: ERROR_STATUS, message: statusMessage ?? '' } : {},
    },
  }
}

/** Where our way in looks for a better name than the span's own. */
const NAME_KEYS = ['gen_ai.tool.name', 'genkit:name', 'logfire.msg', 'ai.toolCall.name', 'ai.operationId'] as const

/** The attributes of one span while they are put together; what is undefined or '' is left out. */
class SpanAttributes {
  private readonly values = new Map<string, object>()

  constructor(sent: ReadonlyMap<string, string>) {
    for (const [key, text] of sent) this.text(key, text)
  }

  text(key: string, text: string | undefined): void {
    if (text) this.values.set(key, textValue(text))
  }

  /** What a tool of others would look for, where the span did not say it. */
  conventional(key: string, value: object): void {
    if (!this.values.has(key)) this.values.set(key, value)
  }

  set(key: string, value: object): void {
    this.values.set(key, value)
  }

  /** Drops what would be taken for the name, where the record has been given another since. */
  keepName(name: string | undefined): void {
    const named = NAME_KEYS.map((key) => this.values.get(key)).find((value) => value !== undefined)
    if (named === undefined || (name !== undefined && saysName(named, name))) return
    for (const key of NAME_KEYS) this.values.delete(key)
  }

  list(): KeyValue[] {
    return Array.from(this.values, ([key, value]) => ({ key, value }))
  }
}

/** An operation's id is the name's end where a caller's id stands before it. */
const saysName = (value: object, name: string): boolean =>
  'stringValue' in value && typeof value.stringValue === 'string' && name.endsWith(value.stringValue)

const OPERATIONS: Partial<Record<ObservationType, string>> = {
  GENERATION: 'chat',
  EMBEDDING: 'embeddings',
  TOOL: 'execute_tool',
}

/** OpenTelemetry's own names for what the span says in ours. */
function addConventions(attributes: SpanAttributes, observation: Observation, { sender }: Provenance): void {
  const { type, model, providedUsage } = observation
  const operation = OPERATIONS[type]
  // Frameworks whose spans are read by rules of their own say it in their own words.
  if (operation !== undefined && sender.key === NO_SENDER) attributes.conventional(keys.OPERATION, textValue(operation))
  if (model !== undefined) attributes.conventional('gen_ai.request.model', textValue(model))
  for (const word of ['input', 'output']) {
    const units = sumOf(providedUsage, word)
    if (units !== undefined && Number.isSafeInteger(units))
      attributes.conventional(`gen_ai.usage.${word}_tokens`, { intValue: String(units) })
  }
}

const NO_SENDER = provenanceOf('{}').sender.key

function addObservation(attributes: SpanAttributes, observation: Observation): void {
  const { type, level, statusMessage, completionStartTime, input, output, metadata, isAppRoot } = observation
  attributes.text(keys.OBSERVATION_TYPE, type.toLowerCase())
  attributes.text(keys.LEVEL, level)
  attributes.text(keys.STATUS_MESSAGE, statusMessage)
  attributes.text(keys.COMPLETION_START, completionStartTime === undefined ? undefined : exactIso(completionStartTime))
  attributes.text(LANGFUSE_KEYS.input[0] ?? '', input)
  attributes.text(LANGFUSE_KEYS.output[0] ?? '', output)
  attributes.text('langfuse.observation.metadata', metadata === '{}' ? undefined : metadata)
  if (isAppRoot) attributes.set(keys.IS_APP_ROOT, { boolValue: true })
}

function addGeneration(attributes: SpanAttributes, observation: Observation): void {
  const { model, modelParameters, providedUsage, providedCost, promptName, promptVersion } = observation
  attributes.text('langfuse.observation.model.name', model)
  attributes.text(keys.MODEL_PARAMETERS, modelParameters)
  attributes.text(keys.USAGE_DETAILS, mapText(providedUsage))
  attributes.text(keys.COST_DETAILS, mapText(providedCost))
  attributes.text(keys.PROMPT_NAME[0], promptName)
  if (promptVersion !== undefined) attributes.set(keys.PROMPT_VERSION[0], { intValue: String(promptVersion) })
}

const mapText = (map: Readonly<Record<string, number>>): string | undefined =>
  Object.keys(map).length === 0 ? undefined : JSON.stringify(map)

/** What a span says of itself and, where it speaks for its trace, of that. */
function addContext(attributes: SpanAttributes, observation: Observation, trace: Trace | undefined): void {
  attributes.text(keys.ENVIRONMENT[0], observation.environment)
  attributes.text(keys.VERSION, observation.version ?? trace?.version)
  attributes.text(keys.RELEASE, observation.release ?? trace?.release)
  attributes.text(keys.USER_ID[0], observation.userId ?? trace?.userId)
  attributes.text(keys.SESSION_ID[0], observation.sessionId ?? trace?.sessionId)
  attributes.text(keys.TRACE_NAME, observation.traceName)
  const tags = trace?.tags ?? observation.tags
  if (tags.length > 0) attributes.set(keys.TAGS[0], { arrayValue: { values: tags.map(textValue) } })
  if (observation.isPublic || trace?.isPublic) attributes.set(keys.PUBLIC[0], { boolValue: true })
}

/** What a trace says otherwise than the observation that speaks for it. */
function addTrace(attributes: SpanAttributes, trace: Trace, { name, input, output, metadata }: Observation): void {
  if (trace.name !== name) attributes.text(keys.TRACE_NAME, trace.name)
  if (trace.input !== input) attributes.text(LANGFUSE_TRACE_KEYS.input[0] ?? '', trace.input)
  if (trace.output !== output) attributes.text(LANGFUSE_TRACE_KEYS.output[0] ?? '', trace.output)
  if (trace.metadata !== metadata && trace.metadata !== '{}')
    attributes.text(keys.TRACE_METADATA_PREFIX, trace.metadata)
}

function addExperiment(attributes: SpanAttributes, experiment: Experiment): void {
  const fields = {
    id: experiment.id,
    name: experiment.name,
    description: experiment.description,
    metadata: experiment.metadata,
    'dataset.id': experiment.datasetId,
    'item.id': experiment.itemId,
    'item.version': experiment.itemVersion,
    'item.root_observation_id': experiment.itemRootObservationId,
    'item.expected_output': experiment.itemExpectedOutput,
    'item.metadata': experiment.itemMetadata,
  }
  for (const [name, text] of Object.entries(fields)) attributes.text(`langfuse.experiment.${name}`, text)
}

/** To the nanosecond. */
const exactIso = (ns: Nanos): string => `${isoFromNanos(ns).slice(0, -1)}${String(ns % 1_000_000n).padStart(6, '0')}Z`
