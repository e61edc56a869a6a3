/** What an hour of samples says: what grew that should not have. */
import { type AimName, verdict } from '../budgets.ts'
import { figure, percentile, slope } from '../lib/statistics.ts'
import { READS, type Read } from './readers.ts'
import type { Sample } from './sample.ts'

/** Memory that a server takes once is not growth. */
const WARM_UP = 0.1
const MEGABYTE = 2 ** 20

/** What, in the first quarter after the warm-up, in the last one, and the verdict. */
export const VERDICT_COLUMNS = ['what', 'first quarter', 'last quarter', 'figure', 'aim'] as const

export interface Tally {
  /** Requests of writers that were neither taken nor sent again. */
  readonly failed: number
  readonly refusedReads: number
  readonly staleReads: number
  /** Acknowledged, and what readers are told of in the end. */
  readonly observations: { readonly acknowledged: number; readonly found: number }
  readonly points: { readonly acknowledged: number; readonly found: number }
}

export function verdictRows(samples: readonly Sample[], tally: Tally): string[][] {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP))
  const count = Math.max(1, Math.floor(warm.length / 4))
  const quarters: Quarters = { first: warm.slice(0, count), last: warm.slice(-count) }
  return [
    memoryRow('resident memory, MB', 'soak.residentSlope', { warm, quarters, pick: (sample) => sample.residentBytes }),
    memoryRow('JavaScript heap, MB', 'soak.heapSlope', { warm, quarters, pick: (sample) => sample.heapBytes }),
    ...READS.flatMap((read) => [latencyRow(read, 0.5, quarters), latencyRow(read, 0.99, quarters)]),
    mostRow('event loop held up at most, ms', quarters, (sample) => sample.loopMs),
    mostRow('acknowledged and not stored at most, records', quarters, (sample) => sample.lag),
    mostRow('event log at most, MB', quarters, (sample) => sample.logBytes / MEGABYTE),
    mostRow('files at most', quarters, (sample) => sample.files),
    partsRow(warm, quarters),
    diskRow(quarters),
    ...tallyRows(tally),
  ]
}

interface Quarters {
  readonly first: readonly Sample[]
  readonly last: readonly Sample[]
}

interface Series {
  readonly warm: readonly Sample[]
  readonly quarters: Quarters
  readonly pick: (sample: Sample) => number
}

function memoryRow(name: string, aim: AimName, { warm, quarters, pick }: Series): string[] {
  const perHour = slope(warm.map((sample) => ({ x: sample.seconds / 3600, y: pick(sample) / MEGABYTE })))
  const middle = (samples: readonly Sample[]) => figure(percentile(samples.map(pick), 0.5) / MEGABYTE)
  return [name, middle(quarters.first), middle(quarters.last), `${figure(perHour)} an hour`, verdict(aim, perHour)]
}

function latencyRow(read: Read, share: number, { first, last }: Quarters): string[] {
  const of = (samples: readonly Sample[]) =>
    percentile(
      samples.flatMap(({ reads }) => reads[read]),
      share,
    )
  const growth = of(last) / of(first)
  // Few reads lie beyond the p99 of a quarter: told, not judged.
  const judged = share === 0.5 ? verdict('soak.latencyGrowth', growth) : '–'
  const name = `${read}, p${share * 100} ms`
  return [name, figure(of(first)), figure(of(last)), `${figure(growth)} ×`, judged]
}

function mostRow(name: string, { first, last }: Quarters, pick: (sample: Sample) => number): string[] {
  const [before, after] = [first, last].map((samples) => Math.max(...samples.map(pick)))
  return [name, figure(before ?? Number.NaN), figure(after ?? Number.NaN), '–', '–']
}

function partsRow(warm: readonly Sample[], quarters: Quarters): string[] {
  const most = Math.max(...warm.map(({ parts }) => parts))
  const [name, first, last] = mostRow('parts in use at most', quarters, ({ parts }) => parts)
  return [name ?? '', first ?? '', last ?? '', figure(most), verdict('soak.parts', most)]
}

function diskRow({ first, last }: Quarters): string[] {
  const perObservation = ({ storeBytes, acknowledged }: Sample) => storeBytes / acknowledged
  const [before, after] = [first, last].map((samples) => percentile(samples.map(perObservation), 0.5))
  const growth = (after ?? Number.NaN) / (before ?? Number.NaN)
  return [
    'store, bytes an acknowledged observation',
    figure(before ?? Number.NaN),
    figure(after ?? Number.NaN),
    `${figure(growth)} ×`,
    verdict('soak.diskGrowth', growth),
  ]
}

function tallyRows({ failed, refusedReads, staleReads, observations, points }: Tally): string[][] {
  const none = (name: string, count: number, of = '–') => [name, '–', of, figure(count), verdict('soak.none', count)]
  return [
    none(
      'acknowledged observations missing',
      observations.acknowledged - observations.found,
      `of ${figure(observations.acknowledged)}`,
    ),
    none('acknowledged points missing', points.acknowledged - points.found, `of ${figure(points.acknowledged)}`),
    none('writes that failed', failed),
    none('reads and probes that were refused', refusedReads),
    none('reads without their record', staleReads),
  ]
}
