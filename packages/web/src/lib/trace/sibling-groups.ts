/**
 * Siblings that are shown as one row: equal ones in a row (`web-search ×37`), turns of a repeating
 * sequence (Plan, Execute, Reflect), and those that share a run, turn, step or agent id.
 */
import { at, wordAt } from './column.ts'
import { GROUP_KEYS, type GroupKey } from './skeleton.ts'
import type { TraceTree } from './tree.ts'

export interface SiblingGroup {
  readonly kind: 'same' | 'cycle' | GroupKey
  /** The shared name, the id, or the number of the cycle from 1. */
  readonly label: string
  /** Nodes in the order of siblings. */
  readonly members: readonly number[]
}

/** A sibling on its own, or several as one. */
export type Entry = number | SiblingGroup

const SAME_LEAST = 4
const CYCLE_LEAST = 3
const PERIOD_MOST = 6

/** Runs of four and more siblings of equal type and name, as one entry each. */
export function groupSame(tree: TraceTree, siblings: readonly number[]): Entry[] {
  if (siblings.length < SAME_LEAST) return [...siblings]
  const entries: Entry[] = []
  for (let from = 0; from < siblings.length; ) {
    const first = siblings[from] ?? 0
    let to = from + 1
    while (to < siblings.length && isAlike(tree, first, siblings[to] ?? 0)) to++
    const members = siblings.slice(from, to)
    const label = wordAt(tree.skeleton.names, first) ?? ''
    if (members.length < SAME_LEAST) entries.push(...members)
    else entries.push({ kind: 'same', label, members })
    from = to
  }
  return entries
}

/**
 * Sequences of two to six siblings that come at least three times, each turn as one entry. Of several
 * readings the one that covers most from where it starts, then the shortest period.
 */
export function groupCycles(tree: TraceTree, siblings: readonly number[]): Entry[] {
  const entries: Entry[] = []
  for (let from = 0; from < siblings.length; ) {
    const { period, turns } = bestCycle(tree, siblings, from)
    if (turns < CYCLE_LEAST) entries.push(siblings[from++] ?? 0)
    for (let turn = 0; turns >= CYCLE_LEAST && turn < turns; turn++) {
      entries.push({ kind: 'cycle', label: String(turn + 1), members: siblings.slice(from, from + period) })
      from += period
    }
  }
  return entries
}

/** Siblings with the same id under `key`, wherever they stand, where the first of them stood. */
export function groupById(tree: TraceTree, siblings: readonly number[], key: GroupKey): Entry[] {
  const column = tree.skeleton.groupIds[key]
  const parent = at(tree.parent, siblings[0] ?? 0)
  const above = wordAt(column, parent)
  const members = new Map<string, number[]>()
  const entries: Entry[] = []
  for (const node of siblings) {
    const id = wordAt(column, node)
    const known = id === undefined ? undefined : members.get(id)
    if (id === undefined || id === above) entries.push(node)
    else if (known) known.push(node)
    else {
      const own = [node]
      members.set(id, own)
      entries.push({ kind: key, label: id, members: own })
    }
  }
  return entries.map((entry) =>
    typeof entry !== 'number' && entry.members.length === 1 ? (entry.members[0] ?? 0) : entry,
  )
}

/** Which groupings would change anything in this trace: what the menu offers. */
export function offeredGroups(tree: TraceTree, siblingLists: Iterable<readonly number[]>): ReadonlySet<GroupKey> {
  const offered = new Set<GroupKey>()
  const recorded = GROUP_KEYS.filter((key) => tree.skeleton.groupIds[key].codes.some((code) => code >= 0))
  for (const siblings of siblingLists) {
    for (const key of recorded)
      if (!offered.has(key) && groupById(tree, siblings, key).length < siblings.length) offered.add(key)
    if (
      !offered.has('step') &&
      siblings.length >= 2 * CYCLE_LEAST &&
      groupCycles(tree, siblings).length < siblings.length
    )
      offered.add('step')
  }
  return offered
}

/** Of equal type and name. */
function isAlike({ skeleton }: TraceTree, a: number, b: number): boolean {
  const count = skeleton.ids.length
  if (a >= count || b >= count) return false
  return skeleton.names.codes[a] === skeleton.names.codes[b] && skeleton.types.codes[a] === skeleton.types.codes[b]
}

function bestCycle(tree: TraceTree, siblings: readonly number[], from: number): { period: number; turns: number } {
  let best = { period: 1, turns: 1 }
  for (let period = 2; period <= PERIOD_MOST; period++) {
    const turns = turnsOf(tree, siblings, { from, period })
    if (turns >= CYCLE_LEAST && turns * period > best.turns * best.period) best = { period, turns }
  }
  return best
}

function turnsOf(
  tree: TraceTree,
  siblings: readonly number[],
  { from, period }: { from: number; period: number },
): number {
  if (isUniform(tree, siblings.slice(from, from + period))) return 1
  let length = period
  while (
    from + length < siblings.length &&
    isAlike(tree, siblings[from + length] ?? 0, siblings[from + length - period] ?? 0)
  )
    length++
  return Math.floor(length / period)
}

/** All of one kind: no sequence, but a run of equals. */
const isUniform = (tree: TraceTree, nodes: readonly number[]): boolean =>
  nodes.every((node) => isAlike(tree, node, nodes[0] ?? 0))
