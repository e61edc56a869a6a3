/**
 * Metadata is the deep merge of patches in rank order. A merge can't be taken apart again, so the
 * patches themselves are what the fold keeps, in order, wherever there is more than one.
 */
import { mergeTrees, parseTree, printTree } from '#lib/json/tree.ts'
import type { Rank } from './rank.ts'

/** One change's metadata: JSON text of an object. */
export type Patch = readonly [rank: Rank, text: string]

export const NO_METADATA = '{}'

/**
 * Beyond these bounds the oldest patches are merged into one, after which a change still older
 * than those can't land between them any more; it lands below.
 */
const MAX_PATCHES = 64
const MAX_PATCHES_LENGTH = 1 << 20

/**
 * The patches with one more in its place: after those of its own rank. Of equal patches only the
 * latest is kept, because every leaf of an earlier one is overwritten by it.
 */
export function addPatch(patches: readonly Patch[], patch: Patch): readonly Patch[] {
  const [rank, text] = patch
  if (text === NO_METADATA || patches.some((other) => other[1] === text && other[0] > rank)) return patches
  const others = patches.filter((other) => other[1] !== text)
  const place = others.findLastIndex((other) => other[0] <= rank) + 1
  return bounded(others.toSpliced(place, 0, patch))
}

/** The metadata that the patches amount to; a single patch is kept as it was written. */
export function mergedMetadata(patches: readonly Patch[]): string {
  const [first, ...rest] = patches
  if (!first) return NO_METADATA
  if (rest.length === 0) return first[1]
  return printTree(rest.reduce((merged, patch) => mergeTrees(merged, parseTree(patch[1])), parseTree(first[1])))
}

function bounded(patches: readonly Patch[]): readonly Patch[] {
  const [first, second, ...rest] = patches
  if (!first || !second || rest.length === 0) return patches
  const length = patches.reduce((sum, patch) => sum + patch[1].length, 0)
  if (patches.length <= MAX_PATCHES && length <= MAX_PATCHES_LENGTH) return patches
  return bounded([[second[0], compacted(first[1], second[1])], ...rest])
}

/** One text for two patches; the later one untouched where the earlier adds nothing, so that a replay changes nothing. */
function compacted(earlier: string, later: string): string {
  const laterTree = parseTree(later)
  const merged = mergeTrees(parseTree(earlier), laterTree)
  return printTree(mergeTrees(laterTree, merged)) === printTree(laterTree) ? later : printTree(merged)
}
