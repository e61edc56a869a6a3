/**
 * An entity with what is needed to merge a further change into it. `clock` is opaque text that
 * only domain/fold reads and writes; '' where nothing but the entity is needed. Store both or none.
 */
export interface Folded<T> {
  readonly entity: T
  readonly clock: string
}
