/** The keys of the page as things to do. Pure. */
import type { KeyBinding, KeyScope } from '#keys/registry.ts'

export interface Action {
  readonly label: string
  /** All that do it. */
  readonly keys: readonly string[]
  readonly binding: KeyBinding
}

/** One entry a label, with every key that does the same. */
export function byLabel(bindings: readonly KeyBinding[]): Action[] {
  const actions = new Map<string, Action>()
  for (const binding of bindings) {
    const { label, keys } = binding
    const earlier = actions.get(label)
    actions.set(label, earlier ? { ...earlier, keys: [...earlier.keys, keys] } : { label, keys: [keys], binding })
  }
  return [...actions.values()]
}

/**
 * What can be done here and now, that of the page before that of every page; without what the palette itself offers,
 * and without moves, which are made again and again.
 */
export const actionsOf = (scopes: readonly KeyScope[]): Action[] =>
  byLabel(scopes.toReversed().flatMap(({ bindings }) => bindings)).filter(
    ({ keys, label }) =>
      !keys.includes('mod+k') && !label.startsWith('Go to ') && !keys.some((one) => one.includes('Arrow')),
  )
