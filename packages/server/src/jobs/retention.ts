/**
 * Retention: takes away what is older or larger than a project may keep, and what is left of projects
 * that were deleted. `planRetention` decides, `run` does. A run may be cut short or fail anywhere: the next one
 * begins from what is there. Nothing here answers a request.
 */
import type { MediaRecords } from '#catalog/media.ts'
import type { Projects } from '#catalog/projects.ts'
import type { ProjectId } from '#domain/ids.ts'
import { msFromNanos, nanosFromMs } from '#domain/time.ts'
import type { MediaStore } from '#media/media-store.ts'
import type { Engine } from '#store/engine.ts'
import { all, any, instant, type Sql, sql, str, strs, u64 } from '#store/sql.ts'
import { countDays } from './count-days.ts'
import { findDayFigures } from './day-figures.ts'
import { discardRows, stripPayloads } from './discard.ts'
import { discardDeadLetters } from './discard-dead-letters.ts'
import { RECORDED_TABLES, type RecordedTable } from './recorded-tables.ts'
import { removeForgotten } from './remove-media.ts'
import { planRetention, type RetentionPlan, type RetentionRule } from './retention-plan.ts'

export interface RetentionOptions {
  readonly engine: Pick<Engine, 'query' | 'command'>
  readonly projects: Pick<Projects, 'list' | 'listDeleted'>
  readonly media: Pick<MediaRecords, 'byIds' | 'forgetUnused'>
  readonly mediaStore: Pick<MediaStore, 'remove' | 'removeProject'>
  readonly deadLetterDir: string
  /** Position in the event log up to which changes are in the store: what is later is left for the next run. */
  readonly storedTo: () => number
  /** Of projects that don't say themselves; undefined for ever. */
  readonly maxAgeDays: number | undefined
  /** Of every project; undefined without a bound. */
  readonly maxProjectBytes: number | undefined
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/** What a run did. */
export interface RetentionOutcome {
  readonly daysCounted: number
  /** By table; rows of replaced versions included. */
  readonly rowsRemoved: Readonly<Record<string, number>>
  readonly rowsStripped: Readonly<Record<string, number>>
  readonly mediaRemoved: number
}

export async function runRetention(options: RetentionOptions, signal: AbortSignal): Promise<RetentionOutcome> {
  const now = options.now?.() ?? Date.now()
  const storedTo = options.storedTo()
  const projects = await options.projects.list()
  const rules = projects.map(({ id, retentionDays }) => ({
    projectId: id,
    maxAgeDays: retentionDays ?? options.maxAgeDays,
    maxBytes: options.maxProjectBytes,
  }))
  const plans = await makePlans(options.engine, rules, now)
  const present = new Set<string>(projects.map(({ id }) => id))
  const deleted = (await options.projects.listDeleted()).filter((id) => !present.has(id))
  let daysCounted = 0
  for (const { projectId, removeBefore } of plans)
    if (removeBefore !== undefined)
      daysCounted += await countDays(options.engine, { projectId, before: removeBefore, storedTo }, signal)
  const rowsRemoved = await removeRows(options.engine, { plans, deleted, storedTo }, signal)
  const rowsStripped = await stripRows(options.engine, { plans, storedTo }, signal)
  const mediaRemoved = await removeMedia(options, plans, deleted)
  if (options.maxAgeDays !== undefined)
    await discardDeadLetters(options.deadLetterDir, now - options.maxAgeDays * MS_PER_DAY)
  return { daysCounted, rowsRemoved, rowsStripped, mediaRemoved }
}

const MS_PER_DAY = 86_400_000

async function makePlans(
  engine: RetentionOptions['engine'],
  rules: readonly RetentionRule[],
  now: number,
): Promise<RetentionPlan[]> {
  const bounded = rules.filter(({ maxBytes }) => maxBytes !== undefined).map(({ projectId }) => projectId)
  const figures = await findDayFigures(engine, bounded)
  return rules.map((rule) => planRetention(rule, figures.get(rule.projectId) ?? [], nanosFromMs(now)))
}

interface Removal {
  readonly plans: readonly RetentionPlan[]
  readonly deleted: readonly ProjectId[]
  readonly storedTo: number
}

/** One statement a table for all projects: a part is rewritten once, whosever rows it holds. */
async function removeRows(engine: RetentionOptions['engine'], removal: Removal, signal: AbortSignal) {
  const removed: Record<string, number> = {}
  for (const table of RECORDED_TABLES) {
    const where = removalSql(table, removal)
    if (where) removed[table.name] = await discardRows(engine, { table, where }, signal)
  }
  if (removal.deleted.length > 0)
    for (const table of LEFT_BY_PROJECTS)
      removed[table.name] = await discardRows(engine, { table, where: amongProjects(removal.deleted) }, signal)
  return removed
}

/** What has no time or outlives its records, and goes with its project only. A label set is a few bytes and may come back. */
const LEFT_BY_PROJECTS = [
  { name: 'metric_series', sql: sql`metric_series` },
  { name: 'daily_usage', sql: sql`daily_usage` },
] as const

function removalSql(table: RecordedTable, { plans, deleted, storedTo }: Removal): Sql | undefined {
  const conditions = plans.flatMap(({ projectId, removeBefore }) =>
    removeBefore === undefined
      ? []
      : [sql`project_id = ${str(projectId)} AND ${table.time} < ${instant(removeBefore)}`],
  )
  if (deleted.length > 0) conditions.push(amongProjects(deleted))
  return conditions.length === 0 ? undefined : all([any(conditions), ...storedSql(table, storedTo)])
}

/** What a flush is about to store may be half there, and is not counted. */
const storedSql = (table: RecordedTable, storedTo: number): Sql[] =>
  table.isVersioned ? [sql`row_version <= ${u64(storedTo)}`] : []

const amongProjects = (ids: readonly ProjectId[]): Sql => sql`project_id IN (${strs(ids)})`

async function stripRows(
  engine: RetentionOptions['engine'],
  { plans, storedTo }: Pick<Removal, 'plans' | 'storedTo'>,
  signal: AbortSignal,
) {
  const stripped: Record<string, number> = {}
  for (const table of RECORDED_TABLES) {
    const conditions = plans.flatMap(({ projectId, stripBefore }) =>
      stripBefore === undefined
        ? []
        : [sql`project_id = ${str(projectId)} AND ${table.time} < ${instant(stripBefore)}`],
    )
    if (table.payload.length === 0 || conditions.length === 0) continue
    const where = all([any(conditions), ...storedSql(table, storedTo)])
    stripped[table.name] = await stripPayloads(engine, { table, where }, signal)
  }
  return stripped
}

/** Bytes that nobody said to use since the bound. */
async function removeMedia(
  { media, mediaStore }: Pick<RetentionOptions, 'media' | 'mediaStore'>,
  plans: readonly RetentionPlan[],
  deleted: readonly ProjectId[],
): Promise<number> {
  let removed = 0
  for (const { projectId, removeBefore } of plans) {
    if (removeBefore === undefined) continue
    const forgotten = await media.forgetUnused(projectId, msFromNanos(removeBefore))
    await removeForgotten({ media, store: mediaStore }, projectId, forgotten)
    removed += forgotten.length
  }
  for (const projectId of deleted) await mediaStore.removeProject(projectId)
  return removed
}
