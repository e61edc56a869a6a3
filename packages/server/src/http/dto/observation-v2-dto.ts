import type { ObservationV2Dto } from '@xtrace/contract'
import type { Model } from '#domain/model.ts'
import type { Observation } from '#domain/observation.ts'
import { isoFromNanos } from '#domain/time.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { type JsonTree, parseTree, printTree } from '#lib/json/tree.ts'
import type { ListedObservation } from '#query/find-observations-v2.ts'
import { pricesOf, type UnitPrices } from './observation-dto.ts'
import { isoFromMs, isoOrNull, secondsBetween } from './page-dto.ts'

/** The field groups of v2 observations; `core` is always there (public-api contract §5.2). */
export const OBSERVATION_GROUPS = [
  'core',
  'basic',
  'time',
  'io',
  'metadata',
  'model',
  'usage',
  'prompt',
  'metrics',
  'trace_context',
] as const
export type ObservationGroup = (typeof OBSERVATION_GROUPS)[number]

export interface ObservationV2Options {
  readonly groups: ReadonlySet<ObservationGroup>
  /** Metadata keys whose values are given whole. */
  readonly expanded: ReadonlySet<string>
  readonly models: ReadonlyMap<string, Model>
}

type Part = Partial<ObservationV2Dto>
type Group = (listed: ListedObservation, options: ObservationV2Options) => Part

/** An observation with the fields of the groups asked for. */
export function toObservationV2Dto(listed: ListedObservation, options: ObservationV2Options): ObservationV2Dto {
  const { observation } = listed
  const hasModel = options.groups.has('model')
  const prices: Partial<UnitPrices> = hasModel ? pricesOf(observation, options.models) : {}
  const core: ObservationV2Dto = {
    id: observation.id,
    traceId: observation.traceId,
    startTime: isoFromNanos(observation.startTime),
    endTime: isoOrNull(observation.endTime),
    projectId: observation.projectId,
    parentObservationId: observation.parentObservationId ?? null,
    type: observation.type,
    modelId: hasModel ? (observation.modelId ?? null) : null,
    inputPrice: decimalText(prices.input),
    outputPrice: decimalText(prices.output),
    totalPrice: decimalText(prices.total),
  }
  const parts = [...options.groups].map((group) => GROUPS[group](listed, options))
  return Object.assign(core, ...parts)
}

const GROUPS: Readonly<Record<ObservationGroup, Group>> = {
  core: () => ({}),
  basic: ({ observation, trace }) => ({
    name: observation.name ?? null,
    level: observation.level,
    statusMessage: observation.statusMessage ?? null,
    version: observation.version ?? null,
    environment: observation.environment,
    bookmarked: trace?.isBookmarked ?? false,
    public: observation.isPublic || (trace?.isPublic ?? false),
    userId: observation.userId ?? trace?.userId ?? null,
    sessionId: observation.sessionId ?? trace?.sessionId ?? null,
    isRootObservation: observation.parentObservationId === undefined || observation.isAppRoot,
  }),
  time: ({ observation }) => ({
    completionStartTime: isoOrNull(observation.completionStartTime),
    createdAt: isoFromMs(observation.createdAt),
    updatedAt: isoFromMs(observation.updatedAt),
  }),
  io: ({ observation }) => ({ input: observation.input ?? null, output: observation.output ?? null }),
  metadata: ({ observation }, { groups, expanded }) => ({
    metadata: groups.has('io') ? new JsonText(observation.metadata) : cutValues(observation.metadata, expanded),
  }),
  model: ({ observation }) => ({
    model: observation.model ?? null,
    providedModelName: observation.model ?? null,
    internalModelId: observation.modelId ?? null,
    modelParameters: observation.modelParameters === undefined ? null : new JsonText(observation.modelParameters),
  }),
  usage: ({ observation }) => ({
    usageDetails: { ...observation.usage },
    costDetails: { ...observation.cost },
    totalCost: observation.totalCost ?? null,
    usagePricingTierName: observation.pricingTierName ?? null,
  }),
  prompt: ({ observation }) => ({
    promptId: observation.promptId ?? null,
    promptName: observation.promptName ?? null,
    promptVersion: observation.promptVersion ?? null,
  }),
  metrics: ({ observation }) => ({
    latency: secondsBetween(observation.startTime, observation.endTime),
    timeToFirstToken: secondsBetween(observation.startTime, observation.completionStartTime),
  }),
  trace_context: ({ observation, trace, traceName }) => ({
    tags: tagsOf(observation, trace?.tags),
    release: observation.release ?? trace?.release ?? null,
    traceName: traceName ?? null,
  }),
}

const tagsOf = ({ tags }: Observation, ofTrace: readonly string[] = []): string[] => [
  ...(ofTrace.length > 0 ? ofTrace : tags),
]

const MAX_VALUE_LENGTH = 200

/** Metadata whose values of more than 200 characters are cut, but for the keys asked for whole. */
function cutValues(metadata: string, expanded: ReadonlySet<string>): JsonText {
  if (metadata.length <= MAX_VALUE_LENGTH) return new JsonText(metadata)
  const tree = parseTree(metadata)
  if (!(tree instanceof Map)) return new JsonText(metadata)
  const cut = Array.from(tree, ([key, value]): [string, JsonTree] => [key, expanded.has(key) ? value : cutValue(value)])
  return new JsonText(printTree(new Map(cut)))
}

/** A text's first characters; of anything else those of its JSON. */
function cutValue(value: JsonTree): JsonTree {
  const json = printTree(value)
  const text = json.startsWith('"') ? String(JSON.parse(json)) : json
  return text.length <= MAX_VALUE_LENGTH ? value : new JsonText(JSON.stringify(text.slice(0, MAX_VALUE_LENGTH)))
}

/** A number in decimal notation without an exponent: 1.5e-7 → `0.00000015`. */
export function decimalText(value: number | undefined): string | null {
  if (value === undefined) return null
  const [mantissa = '', exponent] = String(value).split('e')
  if (exponent === undefined) return mantissa
  const [, sign = '', digits = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(mantissa) ?? []
  const shift = Number(exponent)
  if (shift >= 0) return `${sign}${digits}${fraction.padEnd(shift, '0')}`
  return `${sign}0.${'0'.repeat(-shift - digits.length)}${digits}${fraction}`
}
