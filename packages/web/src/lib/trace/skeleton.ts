/**
 * A trace without its payloads, as columns of equal length: what the tree, the waterfall, the graph
 * and the verdict are made from. How it came over the wire is not known here. Built once for each
 * version of a trace and never changed.
 */
import { numberColumn, type WordColumn, wordColumn } from './column.ts'

export const LEVELS = ['DEBUG', 'DEFAULT', 'WARNING', 'ERROR'] as const
export type Level = (typeof LEVELS)[number]
export const WARNING = 2
export const ERROR = 3

export interface TraceSkeleton {
  /** Unix ms at which the offsets of `start`, `end` and `firstToken` are 0. */
  readonly originMs: number
  readonly ids: readonly string[]
  /** As recorded, whether such an observation exists or not; undefined or '' for none. */
  readonly parentIds: readonly (string | undefined)[]
  readonly names: WordColumn
  /** Upper case: `SPAN`, `GENERATION`, … */
  readonly types: WordColumn
  readonly models: WordColumn
  /** Index into LEVELS. */
  readonly levels: Uint8Array
  /** Offsets in ms; NaN when not recorded. */
  readonly start: Float64Array
  readonly end: Float64Array
  readonly firstToken: Float64Array
  /** US dollars and tokens; NaN when unknown. */
  readonly cost: Float64Array
  readonly inputTokens: Float64Array
  readonly outputTokens: Float64Array
  readonly cachedTokens: Float64Array
  /** Orders two recordings of one id: the greater is the newer one. */
  readonly version: Float64Array
  /** Ids from the metadata by which siblings may be grouped. */
  readonly groupIds: Readonly<Record<GroupKey, WordColumn>>
  /** Explicit keys of the agent's graph, when the framework names them. */
  readonly graphNodes: WordColumn
  readonly graphParents: WordColumn
}

export const GROUP_KEYS = ['run', 'turn', 'step', 'agent'] as const
export type GroupKey = (typeof GROUP_KEYS)[number]

/** One observation, in words. Times are offsets in ms from the trace's origin. */
export interface SkeletonRow {
  readonly id: string
  readonly parentId?: string | null | undefined
  readonly name?: string | null | undefined
  readonly type?: string | null | undefined
  readonly model?: string | null | undefined
  readonly level?: string | null | undefined
  readonly start?: number | null | undefined
  readonly end?: number | null | undefined
  readonly firstToken?: number | null | undefined
  readonly cost?: number | null | undefined
  readonly inputTokens?: number | null | undefined
  readonly outputTokens?: number | null | undefined
  readonly cachedTokens?: number | null | undefined
  readonly version?: number | null | undefined
  readonly run?: string | null | undefined
  readonly turn?: string | null | undefined
  readonly step?: string | null | undefined
  readonly agent?: string | null | undefined
  readonly graphNode?: string | null | undefined
  readonly graphParent?: string | null | undefined
}

/** Columns from rows: for live updates, tests and small traces. An unknown level counts as DEFAULT. */
export function skeletonOf(rows: readonly SkeletonRow[], originMs = 0): TraceSkeleton {
  const words = (key: TextKey) => wordColumn(rows.map((row) => row[key]))
  const numbers = (key: NumberKey) => numberColumn(rows.map((row) => row[key]))
  return {
    originMs,
    ids: rows.map((row) => row.id),
    parentIds: rows.map((row) => row.parentId || undefined),
    names: words('name'),
    types: wordColumn(rows.map((row) => row.type?.toUpperCase())),
    models: words('model'),
    levels: Uint8Array.from(rows, (row) => levelCode(row.level)),
    start: numbers('start'),
    end: numbers('end'),
    firstToken: numbers('firstToken'),
    cost: numbers('cost'),
    inputTokens: numbers('inputTokens'),
    outputTokens: numbers('outputTokens'),
    cachedTokens: numbers('cachedTokens'),
    version: numbers('version'),
    groupIds: { run: words('run'), turn: words('turn'), step: words('step'), agent: words('agent') },
    graphNodes: words('graphNode'),
    graphParents: words('graphParent'),
  }
}

type TextKey = 'name' | 'model' | GroupKey | 'graphNode' | 'graphParent'
type NumberKey = 'start' | 'end' | 'firstToken' | 'cost' | 'inputTokens' | 'outputTokens' | 'cachedTokens' | 'version'

const DEFAULT_LEVEL = 1

const CODES: ReadonlyMap<string, number> = new Map(LEVELS.map((level, code) => [level, code]))

/** The index into LEVELS; what is no level counts as DEFAULT. */
export const levelCode = (level: string | null | undefined): number => CODES.get(level ?? '') ?? DEFAULT_LEVEL
