/** What the figures of the server mean, and what to do about those that are not well. Pure. */
import type { UiSystemDto } from '@xtrace/contract'
import { formatDuration } from '#lib/format/duration.ts'
import { formatBytes, formatCount, formatPercent } from '#lib/format/figures.ts'

/** Texts hold commands and settings between backticks. */
export interface HealthFigure {
  readonly name: string
  readonly value: string
  /** What the figure tells, in one sentence. */
  readonly meaning: string
  /** Absent while all is well. */
  readonly trouble?: HealthTrouble | undefined
}

interface HealthTrouble {
  readonly tone: 'warning' | 'error'
  /** In two or three words. */
  readonly label: string
  /** The next thing to do. */
  readonly act: string
}

type Judge = (system: UiSystemDto) => HealthFigure

/** Every figure of the server that can be well or not. */
export const healthFigures = (system: UiSystemDto): HealthFigure[] => JUDGES.map((judge) => judge(system))

/** Of the log; above it writes are near to being refused. */
const MUCH_FILLED = 0.5
/** Of the disk; below it the disk is nearly full. */
const LITTLE_FREE = 0.1
/** Of one table; the store merges so many only when it falls behind. */
const MANY_PARTS = 300
const SLOW_S = 5

const logLag: Judge = ({ log: { backlogBytes, maxBytes } }) => ({
  name: 'Event log',
  value: `${formatBytes(backlogBytes)} waiting, of ${formatBytes(maxBytes)}`,
  meaning:
    'What was acknowledged and is not yet stored: reads lag behind by it, and writes are refused when it is full.',
  trouble:
    backlogBytes > maxBytes * MUCH_FILLED
      ? {
          tone: 'warning',
          label: 'falling behind',
          act: 'More comes in than is stored. See below whether slow queries take the processor; `XTRACE_EVENT_LOG_MAX_BYTES` gives the log more room. More in docs/operations.md, “Too much at once”.',
        }
      : undefined,
})

const deadLetters: Judge = ({ deadLetters: { bytes, newest } }) => ({
  name: 'Dead letters',
  value: bytes === 0 ? 'none' : formatBytes(bytes),
  meaning: 'Records that the store refused for good, put aside so that the others of their batch could be stored.',
  trouble:
    bytes > 0 || newest.length > 0
      ? {
          tone: 'warning',
          label: 'records put aside',
          act: '`xtrace dead-letters` lists them with their reasons; `xtrace dead-letters replay` sends them again once the reason is gone.',
        }
      : undefined,
})

const disk: Judge = ({ disk: { freeBytes, totalBytes } }) => ({
  name: 'Disk',
  value: `${formatBytes(freeBytes)} free of ${formatBytes(totalBytes)} (${formatPercent(freeBytes / totalBytes)})`,
  meaning:
    'Room where the data folder is; with less than `XTRACE_DISK_RESERVE_BYTES` writes are refused, and reads go on.',
  trouble:
    freeBytes < totalBytes * LITTLE_FREE
      ? {
          tone: 'error',
          label: 'nearly full',
          act: 'Free some room, or keep less: set how long a project keeps things under General, or `XTRACE_PROJECT_MAX_BYTES` for all. More in docs/operations.md, “Retention” and “A full disk”.',
        }
      : undefined,
})

const parts: Judge = ({ tables }) => {
  const most = tables.reduce((top, table) => (table.parts > top.parts ? table : top), { name: '', parts: 0 })
  return {
    name: 'Parts',
    value: most.parts === 0 ? 'none' : `${formatCount(most.parts)} at most, of ${most.name}`,
    meaning: 'Files that the store merges in the background into fewer; the more there are, the slower are questions.',
    trouble:
      most.parts > MANY_PARTS
        ? {
            tone: 'warning',
            label: 'merging falls behind',
            act: 'Merging needs free disk and processor time: look at the disk and at slow queries first. Records of many months that are sent at once make many parts too, which goes away by itself.',
          }
        : undefined,
  }
}

const slowQueries: Judge = ({ slowQueries: queries }) => {
  const worst = queries.reduce((most, { seconds }) => Math.max(most, seconds), 0)
  const failed = queries.filter(({ isFailed }) => isFailed).length
  return {
    name: 'Slow queries',
    value: queries.length === 0 ? 'none above 0.2 s' : `${formatDuration(worst * 1000)} at most`,
    meaning:
      'The questions that took longest since the start; they have limits of time and memory, past which they fail.',
    trouble:
      worst > SLOW_S || failed > 0
        ? {
            tone: 'warning',
            label: failed > 0 ? `${formatCount(failed)} failed` : 'slow',
            act: 'Ask for a shorter time or with one more filter. `XTRACE_QUERY_MAX_SECONDS` and `XTRACE_ENGINE_MEMORY_BYTES` are the limits; docs/operations.md, “Sizing”, says what decides.',
          }
        : undefined,
  }
}

const JUDGES: readonly Judge[] = [logLag, deadLetters, disk, parts, slowQueries]

interface VitalSigns {
  readonly tone: 'ok' | 'warning' | 'error'
  readonly text: string
}

/** The log and the disk, past whose bounds writes are refused, at a glance. */
export function vitalSigns(system: UiSystemDto): VitalSigns {
  const figures = [logLag(system), disk(system)]
  const tones = figures.map(({ trouble }) => trouble?.tone)
  const texts = figures.map(({ name, value, trouble }) => `${name}: ${value}${trouble ? `, ${trouble.label}` : ''}`)
  return { tone: tones.find((tone) => tone === 'error') ?? tones.find(Boolean) ?? 'ok', text: texts.join('. ') }
}
