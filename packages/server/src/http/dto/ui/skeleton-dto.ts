import type { SkeletonDto, SkeletonNodesDto } from '@xtrace/contract'
import type { Nanos } from '#domain/time.ts'
import { GROUP_KEYS, type SkeletonNode, type TraceSkeleton } from '#query/explore/trace-skeleton.ts'
import { fractionalMs, traceFacts } from './explore-dto.ts'

/** Columns and a dictionary: a third of the bytes of rows, and a tenth of the objects for the reader to make. */
export function toSkeletonDto({ trace, nodes }: TraceSkeleton): SkeletonDto {
  const words = createDictionary()
  const missing = createDictionary()
  const start = nodes[0]?.start ?? trace.timestamp
  return {
    trace: { ...traceFacts(trace), public: trace.isPublic },
    startMs: fractionalMs(start),
    nodes: columnsOf(nodes, { start, words, missing }),
    groups: groupsOf(nodes, words),
    version: nodes.reduce((newest, { updatedAt }) => Math.max(newest, updatedAt), trace.updatedAt),
    strings: words.list,
    missing: missing.list.slice(1),
  }
}

interface Dictionary {
  /** The words so far; the first is empty. */
  readonly list: string[]
  placeOf(word: string): number
}

function createDictionary(): Dictionary {
  const places = new Map([['', 0]])
  const list = ['']
  return {
    list,
    placeOf(word) {
      const known = places.get(word)
      if (known !== undefined) return known
      places.set(word, list.length)
      return list.push(word) - 1
    },
  }
}

interface Frame {
  readonly start: Nanos
  readonly words: Dictionary
  readonly missing: Dictionary
}

function columnsOf(nodes: readonly SkeletonNode[], { start, words, missing }: Frame): SkeletonNodesDto {
  const places = new Map(nodes.map(({ id }, place) => [id, place]))
  const after = (instant: Nanos) => Number(instant - start) / 1e6
  const afterOrNull = (instant: Nanos | undefined) => (instant === undefined ? null : after(instant))
  const column = <T>(read: (node: SkeletonNode) => T) => nodes.map(read)
  return {
    id: column(({ id }) => id),
    parent: column(({ parentId }) => (parentId === '' ? -1 : (places.get(parentId) ?? -1 - missing.placeOf(parentId)))),
    name: column(({ name }) => words.placeOf(name)),
    type: column(({ type }) => words.placeOf(type)),
    level: column(({ level }) => words.placeOf(level)),
    model: column(({ model }) => words.placeOf(model)),
    status: column(({ status }) => words.placeOf(status)),
    prompt: column(({ promptName }) => words.placeOf(promptName)),
    promptVersion: column(({ promptVersion }) => promptVersion ?? null),
    start: column((node) => after(node.start)),
    end: column(({ end }) => afterOrNull(end)),
    firstToken: column(({ firstToken }) => afterOrNull(firstToken)),
    cost: column(({ cost }) => cost ?? null),
    inputTokens: column(({ inputTokens }) => inputTokens),
    outputTokens: column(({ outputTokens }) => outputTokens),
    totalTokens: column(({ totalTokens }) => totalTokens),
    cachedTokens: column(({ cachedTokens }) => cachedTokens),
  }
}

/** The keys that any node has. */
function groupsOf(nodes: readonly SkeletonNode[], words: Dictionary): Record<string, number[]> {
  const columns = GROUP_KEYS.map(
    (key, at) => [key, nodes.map(({ groups }) => words.placeOf(groups[at] ?? ''))] as const,
  )
  return Object.fromEntries(columns.filter(([, column]) => column.some((place) => place !== 0)))
}
