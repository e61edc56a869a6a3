/**
 * Metadata is the deep merge of patches in rank order. A merge can't be taken apart again, so the
 * patches themselves are what the fold keeps, in order, wherever there is more than one.
 */
import { mergeTrees, parseTree, printTree } from '#lib/json/tree.ts'
import type { Rank } from './rank.ts'

/** One change's metadata: JSON text of an object. */
export type Patch = readonly [rank: Rank, text: string]

/** The metadata of an entity while changes are folded. */
export interface Metadata {
  /** In rank order. */
  readonly patches: readonly Patch[]
  /** The texts that go on top of the stored metadata; undefined when a patch landed elsewhere. */
  readonly added: readonly string[] | undefined
}

export const NO_METADATA = '{}'

/**
 * Beyond these bounds the oldest patches, or all, are merged into one. A change still older than
 * those can't land between them any more; it lands below.
 */
const MAX_PATCHES = 64
const KEPT_PATCHES = 48
const MAX_PATCHES_LENGTH = 1 << 20

/**
 * The metadata with one more patch in its place: after those of its own rank. Of equal patches
 * only the latest is kept, because it overwrites every leaf of an earlier one.
 */
export function addPatch(metadata: Metadata, patch: Patch): Metadata {
  const [rank, text] = patch
  const { patches, added } = metadata
  if (text === NO_METADATA || patches.some((other) => other[1] === text && other[0] >= rank)) return metadata
  const others = patches.filter((other) => other[1] !== text)
  const place = others.findLastIndex((other) => other[0] <= rank) + 1
  const isOnTop = others.length === patches.length && place === patches.length
  return {
    patches: bounded(others.toSpliced(place, 0, patch)),
    added: added && isOnTop ? [...added, text] : undefined,
  }
}

/** The metadata that stored text and patches amount to; a single patch is kept as it was written. */
export function mergedMetadata(stored: string, { patches, added }: Metadata): string {
  if (!added) return merged(patches.map((patch) => patch[1]))
  if (added.length === 0) return stored
  return merged(stored === NO_METADATA ? added : [stored, ...added])
}

/** The deep merge of the texts, later ones over earlier ones. */
export function merged(texts: readonly string[]): string {
  const [first = NO_METADATA, ...rest] = texts
  if (rest.length === 0) return first
  return printTree(rest.reduce((tree, text) => mergeTrees(tree, parseTree(text)), parseTree(first)))
}

function bounded(patches: readonly Patch[]): readonly Patch[] {
  const length = patches.reduce((sum, patch) => sum + patch[1].length, 0)
  if (length > MAX_PATCHES_LENGTH) return compacted(patches)
  if (patches.length <= MAX_PATCHES) return patches
  return [...compacted(patches.slice(0, -KEPT_PATCHES)), ...patches.slice(-KEPT_PATCHES)]
}

function compacted(patches: readonly Patch[]): readonly Patch[] {
  const latest = patches.at(-1)
  return latest && patches.length > 1 ? [[latest[0], merged(patches.map((patch) => patch[1]))]] : patches
}
