/** What of a transcript is shown, and where in it a node stands. */
import { holdsParts } from '#lib/chat/holds-text.ts'
import { at } from './column.ts'
import { countBelow, standInOf } from './stand-in.ts'
import type { TranscriptEntry } from './transcript.ts'
import type { TraceTree } from './tree.ts'

export interface ShownEntry {
  readonly entry: TranscriptEntry
  /** The same for the same entry when others come before it. */
  readonly key: string
  /** Its place among all entries. */
  readonly index: number
}

export interface ShownTranscript {
  readonly shown: readonly ShownEntry[]
  /** Generations and tools that are left out. */
  readonly leftOut: number
}

/** `mask` is 0 for nodes that are left out; without it all are shown. */
export function shownTranscript(entries: readonly TranscriptEntry[], mask: Uint8Array | undefined): ShownTranscript {
  const times = new Map<number, number>()
  const keyed = entries.map((entry, index) => {
    const time = times.get(entry.node) ?? 0
    times.set(entry.node, time + 1)
    return { entry, index, key: `${entry.node} ${time}` }
  })
  const isShown = ({ entry }: ShownEntry) => mask === undefined || mask[entry.node] === 1
  const steps = new Map(keyed.flatMap((one) => (isShown(one) ? [] : [[one.entry.node, stepsOf(one.entry)] as const])))
  return { shown: keyed.filter(isShown), leftOut: [...steps.values()].reduce((sum, count) => sum + count, 0) }
}

const stepsOf = (entry: TranscriptEntry): number => (entry.kind === 'agent' ? entry.steps : 1)

/** Found nodes that no entry stands for, nor holds. */
export function foundOutside(
  tree: TraceTree,
  entries: readonly TranscriptEntry[],
  found: Uint8Array | undefined,
): number {
  if (!found) return 0
  const agents = entries.filter(({ kind }) => kind === 'agent')
  const within = agents.reduce((sum, { node }) => sum + countBelow(tree, node, found), 0)
  const own = [...new Set(entries.map(({ node }) => node))].filter((node) => found[node] === 1).length
  return found.reduce((sum, one) => sum + one, 0) - own - within
}

/**
 * The place among `shown` of what stands for a node: of its entries the first that holds the text which is looked for;
 * where it has none, what is below it, above it, or came before it. Undefined when there is nothing at all.
 */
export function placeOfNode(
  tree: TraceTree,
  shown: readonly ShownEntry[],
  { node, wanted = '' }: { readonly node: number; readonly wanted?: string },
): number | undefined {
  const nodes = new Set(shown.map(({ entry }) => entry.node))
  const standIn = standInOf(tree, node, (one) => nodes.has(one))
  if (standIn === undefined) return before(tree, shown, node)
  const isOfIt = ({ entry }: ShownEntry) => entry.node === standIn
  const holding = shown.findIndex((one) => isOfIt(one) && holdsWanted(one.entry, wanted))
  return holding >= 0 ? holding : shown.findIndex(isOfIt)
}

function holdsWanted(entry: TranscriptEntry, wanted: string): boolean {
  return entry.kind === 'message' && holdsParts(entry.message.parts, wanted)
}

/** The last that began no later, else the first. */
function before(tree: TraceTree, shown: readonly ShownEntry[], node: number): number | undefined {
  if (shown.length === 0) return undefined
  return Math.max(
    0,
    shown.findLastIndex(({ entry }) => at(tree.start, entry.node) <= at(tree.start, node)),
  )
}
