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
  /** What the changes say, in the order of their arrival. */
  readonly added: Patch[]
}

export const NO_METADATA = '{}'

/**
 * Beyond these bounds the oldest patches, or all, are merged into one. A change still older than
 * those can't land between them any more; it lands below.
 */
const MAX_PATCHES = 64
const KEPT_PATCHES = 48
const MAX_PATCHES_LENGTH = 1 << 20

/** What stored metadata, the patches that it is made of and those added amount to; a single patch is kept as it was written. */
export function mergeMetadata(
  stored: string,
  { patches, added }: Metadata,
): { readonly text: string; readonly patches: readonly Patch[] } {
  const all = inRankOrder([...patches, ...added])
  const isOnTop = patches.every((patch, index) => patch === all[index])
  const texts = textsOf(isOnTop ? all.slice(patches.length) : all)
  const text = merged(isOnTop && stored !== NO_METADATA ? [stored, ...texts] : texts)
  return { text, patches: bounded(all, text) }
}

/** Of equal patches only the latest is kept, because it overwrites every leaf of an earlier one. */
function inRankOrder(patches: readonly Patch[]): readonly Patch[] {
  const latest = new Map<string, Patch>()
  for (const patch of patches) {
    const [rank, text] = patch
    const known = latest.get(text)
    if (text === NO_METADATA || (known && known[0] >= rank)) continue
    // Taken out first, so that it stands where it arrived among those of its rank.
    latest.delete(text)
    latest.set(text, patch)
  }
  return [...latest.values()].sort((a, b) => a[0] - b[0])
}

const textsOf = (patches: readonly Patch[]): readonly string[] => patches.map((patch) => patch[1])

/** The deep merge of the texts, later ones over earlier ones. */
export function merged(texts: readonly string[]): string {
  const [first = NO_METADATA, ...rest] = texts
  if (rest.length === 0) return first
  return printTree(rest.reduce((tree, text) => mergeTrees(tree, parseTree(text)), parseTree(first)))
}

/** The patches within their bounds; `whole` is what all of them amount to. */
function bounded(patches: readonly Patch[], whole: string): readonly Patch[] {
  const length = patches.reduce((sum, patch) => sum + patch[1].length, 0)
  if (length > MAX_PATCHES_LENGTH) return asOne(patches, whole)
  if (patches.length <= MAX_PATCHES) return patches
  const oldest = patches.slice(0, -KEPT_PATCHES)
  return [...asOne(oldest, merged(textsOf(oldest))), ...patches.slice(-KEPT_PATCHES)]
}

function asOne(patches: readonly Patch[], text: string): readonly Patch[] {
  const latest = patches.at(-1)
  return latest ? [[latest[0], text]] : patches
}
