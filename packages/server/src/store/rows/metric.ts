import { createHash } from 'node:crypto'
import type { MetricPoint } from '#domain/change.ts'
import type { ProjectId } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'
import type { Row } from '#store/engine.ts'
import { nanosOf, numberOf, textMapOf, textOf } from './cells.ts'

/** One row of `metric_series`: a name with one set of labels. */
export interface MetricSeriesRow {
  readonly project_id: ProjectId
  readonly name: string
  /** UInt64 in decimal, as numbers don't hold it. */
  readonly series_id: string
  readonly labels: Readonly<Record<string, string>>
}

/** One row of `metric_points`. */
export interface MetricPointRow {
  readonly project_id: ProjectId
  readonly name: string
  readonly series_id: string
  readonly timestamp: Nanos
  readonly value: number
  /** UInt64 in decimal. */
  readonly point_id: string
}

/** The first 64 bits of the text's SHA-256, as unsigned decimal. */
export function hash64(text: string): string {
  return createHash('sha256').update(text).digest().readBigUInt64BE(0).toString()
}

/** The same for the same labels in any order. */
export function seriesId(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((key) => [key, labels[key]])
  return hash64(JSON.stringify(pairs))
}

export function toMetricSeriesRow(project: ProjectId, { name, labels }: MetricPoint): MetricSeriesRow {
  return { project_id: project, name, series_id: seriesId(labels), labels }
}

/** `pointId`: UInt64 in decimal (`hash64`), the same for the same point of a replay and of a repeated request. */
export function toMetricPointRow(project: ProjectId, point: MetricPoint, pointId: string): MetricPointRow {
  return {
    project_id: project,
    name: point.name,
    series_id: seriesId(point.labels),
    timestamp: point.timestamp,
    value: point.value,
    point_id: pointId,
  }
}

/** A point with the labels of its series: a row of `metric_points` joined with its `metric_series`. */
export function fromMetricRow(row: Row): MetricPoint {
  return {
    name: textOf(row, 'name'),
    labels: textMapOf(row, 'labels'),
    value: numberOf(row, 'value'),
    timestamp: nanosOf(row, 'timestamp'),
  }
}
