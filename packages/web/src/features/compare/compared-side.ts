import { versionOfEnd } from '#api/observation.ts'
import type { TraceTree } from '#lib/trace/tree.ts'

/** An observation, and the version by which it is read. */
export interface ComparedSide {
  readonly id: string
  readonly version: number
}

/** An observation without its trace: it may run. */
export const sideOfId = (id: string): ComparedSide => ({ id, version: versionOfEnd(undefined) })

/** A node of a trace; undefined where there is none. */
export function sideOf({ skeleton }: TraceTree, node: number | undefined): ComparedSide | undefined {
  const id = node === undefined ? undefined : skeleton.ids[node]
  return id === undefined || node === undefined ? undefined : { id, version: versionOfEnd(skeleton.end[node]) }
}
