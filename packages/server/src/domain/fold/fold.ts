/**
 * Folds changes into an entity. What stays in each field is decided by ranks alone, so that a late
 * change lands in its right place and a repeated one changes nothing: any order of changes with
 * different times gives the same entity (langfuse-ingestion contract §3).
 */
import type { Folded } from '#domain/folded.ts'
import { type Clock, type Layout, newClock, readClock, writeClock } from './clock.ts'
import { Merge } from './merge.ts'
import { mergeMetadata } from './metadata.ts'

interface FoldedFields {
  readonly metadata: string
  readonly createdAt: number
  readonly updatedAt: number
}

interface FoldedChange {
  readonly at: number
  readonly isUpdate?: boolean
  readonly receivedAt: number
  readonly metadata?: string
}

/** How one kind of entity folds. */
export interface FoldRules<E extends FoldedFields, C extends FoldedChange, Field extends string> {
  readonly layout: Layout<E, Field>
  /** The entity before its first change: identity and defaults. */
  readonly start: (change: C) => E
  readonly apply: (entity: E, change: C, merge: Merge<Field>) => E
  /** Undoes `finish` on a stored entity. */
  readonly resume?: (entity: E, clock: Clock<Field>) => E
  /** What must hold of the whole, once all changes are in. */
  readonly finish?: (entity: E, clock: Clock<Field>, changes: readonly C[]) => E
}

/** @throws RangeError when there is neither a stored entity nor a change */
export function fold<E extends FoldedFields, C extends FoldedChange, Field extends string>(
  rules: FoldRules<E, C, Field>,
  stored: Folded<E> | undefined,
  changes: readonly C[],
): Folded<E> {
  const clock: Clock<Field> = stored ? readClock(rules.layout, stored) : newClock()
  let entity = stored ? resumed(rules, stored.entity, clock) : startOf(rules, changes)
  for (const change of changes) {
    const merge = new Merge(clock, change)
    merge.metadata(change.metadata)
    entity = {
      ...rules.apply(entity, change, merge),
      createdAt: Math.min(entity.createdAt, change.receivedAt),
      updatedAt: Math.max(entity.updatedAt, change.receivedAt),
    }
  }
  const { text, patches } = mergeMetadata(entity.metadata, clock.metadata)
  clock.metadata = { patches, added: [] }
  if (text !== entity.metadata) entity = { ...entity, metadata: text }
  if (rules.finish) entity = rules.finish(entity, clock, changes)
  return { entity, clock: writeClock(rules.layout, entity, clock) }
}

function resumed<E extends FoldedFields, C extends FoldedChange, Field extends string>(
  rules: FoldRules<E, C, Field>,
  entity: E,
  clock: Clock<Field>,
): E {
  return rules.resume ? rules.resume(entity, clock) : entity
}

function startOf<E extends FoldedFields, C extends FoldedChange, Field extends string>(
  rules: FoldRules<E, C, Field>,
  changes: readonly C[],
): E {
  const [first] = changes
  if (!first) throw new RangeError('There is nothing to fold: no stored entity and no change.')
  return rules.start(first)
}
