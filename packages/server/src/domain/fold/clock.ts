/**
 * The clock of an entity: the rank of each of its fields, kept as text beside the entity so that a
 * later fold can go on where this one stopped. Most entities have one rank in all their fields,
 * that of a create at the entity's own time; their clock is ''. Otherwise it is the JSON of
 * `ClockText`, which names only what differs.
 */
import type { Folded } from '#domain/folded.ts'
import type { Nanos } from '#domain/time.ts'
import { NO_METADATA, type Patch } from './metadata.ts'
import { isExplicit, NEVER, type Rank, rankOfInstant } from './rank.ts'

/** What the clock must know about a kind of entity; made by `layout`. */
export interface Layout<E, Field extends string> extends LayoutOptions<E, Field> {
  readonly fields: readonly Field[]
}

export interface LayoutOptions<E, Field extends string> {
  /** How a field that the text doesn't name is read: as set at the base rank, or as never set. */
  readonly isSet: Readonly<Record<Field, (entity: E) => boolean>>
  /** Fields whose earliest explicit value stays. */
  readonly immutable: ReadonlySet<Field>
  readonly time: (entity: E) => Nanos
}

export function layout<E, Field extends string>(options: LayoutOptions<E, Field>): Layout<E, Field> {
  const isField = (key: string): key is Field => key in options.isSet
  return { ...options, fields: Object.keys(options.isSet).filter(isField) }
}

/** The clock while changes are folded. */
export interface Clock<Field extends string> {
  readonly ranks: Map<Field, Rank>
  patches: readonly Patch[]
  /** The end of an observation as sent, where its start hides it. */
  hiddenEnd: Nanos | undefined
}

interface ClockText {
  /** The rank of all that isn't named; absent where it is that of the entity's time. */
  readonly base?: Rank
  /** Field → its rank; null for one that was never set. */
  readonly ranks?: Readonly<Record<string, Rank | null>>
  /** The rank of the metadata, where it is one patch. */
  readonly metadata?: Rank
  /** The patches of the metadata in rank order, where there are several. */
  readonly patches?: readonly Patch[]
  /** Nanoseconds. */
  readonly hiddenEnd?: string
}

interface WithMetadata {
  readonly metadata: string
}

/** The clock of what was never folded. */
export function newClock<Field extends string>(): Clock<Field> {
  return { ranks: new Map(), patches: [], hiddenEnd: undefined }
}

/** @throws SyntaxError when the text is not what `writeClock` wrote */
export function readClock<E extends WithMetadata, Field extends string>(
  layout: Layout<E, Field>,
  { entity, clock }: Folded<E>,
): Clock<Field> {
  const text = parseClockText(clock)
  const base = text.base ?? rankOfInstant(layout.time(entity))
  const ranks = new Map<Field, Rank>()
  for (const field of layout.fields) {
    const named = text.ranks?.[field]
    ranks.set(field, named === undefined ? assumedRank(layout, { entity, field, base }) : (named ?? NEVER))
  }
  const single: readonly Patch[] = entity.metadata === NO_METADATA ? [] : [[text.metadata ?? base, entity.metadata]]
  const hiddenEnd = text.hiddenEnd === undefined ? undefined : BigInt(text.hiddenEnd)
  return { ranks, patches: text.patches ?? single, hiddenEnd }
}

/** The clock as text, '' where the entity alone tells everything. */
export function writeClock<E, Field extends string>(layout: Layout<E, Field>, entity: E, clock: Clock<Field>): string {
  const time = rankOfInstant(layout.time(entity))
  const base = commonRank(layout, clock) ?? time
  const ranks: [Field, Rank | null][] = []
  for (const field of layout.fields) {
    const rank = clock.ranks.get(field) ?? NEVER
    if (rank !== assumedRank(layout, { entity, field, base })) ranks.push([field, rank === NEVER ? null : rank])
  }
  const [first, second] = clock.patches
  const text: ClockText = {
    ...(base !== time && { base }),
    ...(ranks.length > 0 && { ranks: Object.fromEntries(ranks) }),
    ...(first && !second && first[0] !== base && { metadata: first[0] }),
    ...(second && { patches: clock.patches }),
    ...(clock.hiddenEnd !== undefined && { hiddenEnd: String(clock.hiddenEnd) }),
  }
  return Object.keys(text).length > 0 ? JSON.stringify(text) : ''
}

function parseClockText(clock: string): ClockText {
  return clock === '' ? {} : JSON.parse(clock)
}

function assumedRank<E, Field extends string>(
  layout: Layout<E, Field>,
  { entity, field, base }: { entity: E; field: Field; base: Rank },
): Rank {
  if (!layout.isSet[field](entity)) return NEVER
  return layout.immutable.has(field) ? -base : base
}

/** The explicit rank that most fields have, the lowest of equally common ones. */
function commonRank<E, Field extends string>(layout: Layout<E, Field>, clock: Clock<Field>): Rank | undefined {
  const counts = new Map<Rank, number>()
  for (const [field, rank] of clock.ranks) {
    if (!isExplicit(rank)) continue
    const latest = layout.immutable.has(field) ? -rank : rank
    counts.set(latest, (counts.get(latest) ?? 0) + 1)
  }
  let common: Rank | undefined
  for (const [rank, count] of counts) {
    const most = common === undefined ? 0 : (counts.get(common) ?? 0)
    if (common === undefined || count > most || (count === most && rank < common)) common = rank
  }
  return common
}
