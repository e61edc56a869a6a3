import { LRUCache } from 'lru-cache'
import type { MetricsChange } from '#domain/change.ts'
import { hash64, type MetricPointRow, toMetricPointRow, toMetricSeriesRow } from '#store/rows/metric.ts'
import type { Located } from './located.ts'
import type { Parcel } from './parcel.ts'

export interface MetricParcels {
  readonly series: Parcel[]
  readonly points: Parcel[]
}

/** Series that were stored lately need not be stored again with every point. */
const KNOWN_SERIES = 50_000

/** Turns metrics into rows: a row a point, and a row for each series not seen lately. */
export function createMetricParcels(): (changes: readonly Located<MetricsChange>[]) => MetricParcels {
  const stored = new LRUCache<string, true>({ max: KNOWN_SERIES })
  return (changes) => {
    const parcels: MetricParcels = { series: [], points: [] }
    const seen = new Set<string>()
    for (const located of changes) {
      for (const [index, point] of located.change.points.entries()) {
        const { projectId } = located.change
        const row = toMetricPointRow(projectId, point, pointId(located, index))
        parcels.points.push(parcelOf(located, index, row))
        const key = JSON.stringify([projectId, point.name, row.series_id])
        if (stored.has(key) || seen.has(key)) continue
        seen.add(key)
        parcels.series.push({
          rows: [toMetricSeriesRow(projectId, point)],
          sources: [located],
          stamp: key,
          settle: (isStored) => isStored && stored.set(key, true),
        })
      }
    }
    return parcels
  }
}

/** Should it be refused, the dead letter is this one point under a name of its own, so that a replay doubles no other. */
function parcelOf(located: Located<MetricsChange>, index: number, row: MetricPointRow): Parcel {
  return {
    rows: [row],
    stamp: row.point_id,
    get sources() {
      const { change } = located
      const points = change.points.slice(index, index + 1)
      return [{ ...located, change: { ...change, points, idempotencyKey: `dead-letter ${row.point_id}` } }]
    },
  }
}

/** The same whenever the point is made again: of a replay, or of a request repeated under one Idempotency-Key. */
function pointId({ change, next, index }: Located<MetricsChange>, point: number): string {
  const { idempotencyKey, projectId } = change
  const place = idempotencyKey === undefined ? [next, index] : [projectId, idempotencyKey]
  return hash64(JSON.stringify([...place, point]))
}
