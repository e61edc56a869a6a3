/**
 * Who is whose parent. Recordings of one id are reduced to the newest; parents that never arrived
 * become nodes of their own, unless there is only one and nothing else to start from; a cycle is
 * cut at the member that started first. Every observation has one place.
 */
import { at } from './column.ts'
import type { TraceSkeleton } from './skeleton.ts'

export const NO_NODE = -1

export interface Parents {
  /** By node, missing parents behind the observations; NO_NODE for roots and for superseded recordings. */
  readonly parent: Int32Array
  /** 1 where the observation is an older recording of an id that came again. */
  readonly superseded: Uint8Array
  /** Nodes at which a cycle was cut. */
  readonly cuts: readonly number[]
  /** Ids that are named as a parent and were not received; the n-th is node `ids.length + n`. */
  readonly missing: readonly string[]
  /** Observations whose parent was not received. */
  readonly orphans: readonly number[]
}

export function findParents(skeleton: TraceSkeleton): Parents {
  const newest = newestById(skeleton)
  const count = skeleton.ids.length
  const parent = new Int32Array(count).fill(NO_NODE)
  const superseded = new Uint8Array(count)
  const orphans: number[] = []
  let hasRoot = false
  for (let node = 0; node < count; node++) {
    if (newest.get(skeleton.ids[node] ?? '') !== node) {
      superseded[node] = 1
      continue
    }
    const parentId = skeleton.parentIds[node]
    if (!parentId) hasRoot = true
    else if (newest.has(parentId)) parent[node] = newest.get(parentId) ?? NO_NODE
    else orphans.push(node)
  }
  const cuts = cutCycles(skeleton, parent)
  return { ...adopt(skeleton, { parent, orphans, isAlone: !hasRoot && cuts.length === 0 }), superseded, cuts, orphans }
}

function newestById({ ids, version }: TraceSkeleton): Map<string, number> {
  const newest = new Map<string, number>()
  ids.forEach((id, node) => {
    const other = newest.get(id)
    if (other === undefined || !(at(version, node) < at(version, other))) newest.set(id, node)
  })
  return newest
}

interface Orphanage {
  readonly parent: Int32Array
  readonly orphans: readonly number[]
  /** There is no other root than the orphans. */
  readonly isAlone: boolean
}

function adopt(skeleton: TraceSkeleton, { parent, orphans, isAlone }: Orphanage): Pick<Parents, 'parent' | 'missing'> {
  const idOf = (node: number) => skeleton.parentIds[node] ?? ''
  const missing = [...new Set(orphans.map(idOf))]
  if (missing.length === 0 || (missing.length === 1 && isAlone)) return { parent, missing: [] }
  const nodeOf = new Map(missing.map((id, index) => [id, parent.length + index]))
  const widened = new Int32Array(parent.length + missing.length).fill(NO_NODE)
  widened.set(parent)
  for (const node of orphans) widened[node] = nodeOf.get(idOf(node)) ?? NO_NODE
  return { parent: widened, missing }
}

/** Walks up from each node once; a walk that meets itself has found a cycle. Changes `parent`. */
function cutCycles(skeleton: TraceSkeleton, parent: Int32Array): number[] {
  const walkOf = new Int32Array(parent.length)
  const cuts: number[] = []
  for (let from = 0; from < parent.length; from++) {
    const walk = from + 1
    let node = from
    while (node !== NO_NODE && walkOf[node] === 0) {
      walkOf[node] = walk
      node = at(parent, node)
    }
    if (node === NO_NODE || walkOf[node] !== walk) continue
    const first = firstOfCycle(skeleton, parent, node)
    parent[first] = NO_NODE
    cuts.push(first)
  }
  return cuts
}

function firstOfCycle(skeleton: TraceSkeleton, parent: Int32Array, member: number): number {
  let first = member
  for (let node = at(parent, member); node !== member; node = at(parent, node)) {
    if (compareStart(skeleton, node, first) < 0) first = node
  }
  return first
}

/** By start, then end descending, then id: the order of siblings. What has no start comes last, no end counts as late. */
export function compareStart({ start, end, ids }: TraceSkeleton, a: number, b: number): number {
  const byStart = compare(orLast(at(start, a)), orLast(at(start, b)))
  if (byStart !== 0) return byStart
  const byEnd = compare(orLast(at(end, b)), orLast(at(end, a)))
  if (byEnd !== 0) return byEnd
  const [idA = '', idB = ''] = [ids[a], ids[b]]
  return idA < idB ? -1 : Number(idA > idB)
}

const orLast = (ms: number): number => (Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms)
const compare = (a: number, b: number): number => (a < b ? -1 : Number(a > b))
