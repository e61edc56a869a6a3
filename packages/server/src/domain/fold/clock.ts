/**
 * The clock of an entity: the rank of each of its fields, kept as text beside the entity so that a
 * later fold can go on where this one stopped. Most entities have one rank in all their fields,
 * that of a create at the entity's own time; their clock is ''. Otherwise it is the JSON of
 * `ClockText`, which names only what differs.
 */
import type { Folded } from '#domain/folded.ts'
import type { Nanos } from '#domain/time.ts'
import { type Metadata, NO_METADATA, type Patch } from './metadata.ts'
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
  metadata: Metadata
  /** The end of an observation as sent, where its start hides it. */
  hiddenEnd: Nanos | undefined
  /** Of the tags of a trace that a person spoke of; undefined for none. */
  tagWords: Map<string, TagWord> | undefined
}

/** The latest word of a person on a tag. */
export interface TagWord {
  readonly rank: Rank
  readonly isSet: boolean
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
  /** Tags that a person set or removed, in order, with their ranks. */
  readonly tags?: readonly (readonly [tag: string, rank: Rank, isSet: boolean])[]
}

interface WithMetadata {
  readonly metadata: string
}

/** The clock of what was never folded. */
export function newClock<Field extends string>(): Clock<Field> {
  return { ranks: new Map(), metadata: { patches: [], added: [] }, hiddenEnd: undefined, tagWords: undefined }
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
  const tagWords = text.tags && new Map(text.tags.map(([tag, rank, isSet]) => [tag, { rank, isSet }]))
  return { ranks, metadata: { patches: text.patches ?? single, added: [] }, hiddenEnd, tagWords }
}

/** The clock as text, '' where the entity alone tells everything. */
export function writeClock<E, Field extends string>(layout: Layout<E, Field>, entity: E, clock: Clock<Field>): string {
  const time = rankOfInstant(layout.time(entity))
  const base = commonRank(layout, clock) ?? time
  const text = clockText(layout, { entity, clock, base })
  if (base !== time) return JSON.stringify({ base, ...text })
  return isEmpty(text) ? '' : JSON.stringify(text)
}

/** What differs from the base rank. */
function clockText<E, Field extends string>(
  layout: Layout<E, Field>,
  { entity, clock, base }: { entity: E; clock: Clock<Field>; base: Rank },
): ClockText {
  const ranks: Record<string, Rank | null> = {}
  for (const field of layout.fields) {
    const rank = clock.ranks.get(field) ?? NEVER
    if (rank !== assumedRank(layout, { entity, field, base })) ranks[field] = rank === NEVER ? null : rank
  }
  const { patches } = clock.metadata
  const [first, second] = patches
  return {
    ...(!isEmpty(ranks) && { ranks }),
    ...(first && !second && first[0] !== base && { metadata: first[0] }),
    ...(second && { patches }),
    ...(clock.hiddenEnd !== undefined && { hiddenEnd: String(clock.hiddenEnd) }),
    ...(clock.tagWords && { tags: tagTexts(clock.tagWords) }),
  }
}

const tagTexts = (words: ReadonlyMap<string, TagWord>): NonNullable<ClockText['tags']> =>
  [...words.keys()].sort().flatMap((tag) => {
    const word = words.get(tag)
    return word ? [[tag, word.rank, word.isSet] as const] : []
  })

function isEmpty(fields: object): boolean {
  return Object.keys(fields).length === 0
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
