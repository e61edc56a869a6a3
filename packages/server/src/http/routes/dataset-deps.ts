import type { DatasetItems } from '#catalog/dataset-items.ts'
import type { DatasetRuns } from '#catalog/dataset-runs.ts'
import type { Datasets } from '#catalog/datasets.ts'
import type { Dataset } from '#domain/dataset.ts'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import type { MediaFinder } from '#domain/media.ts'
import type { MediaUrlDeps } from '#http/media-urls.ts'
import { readerOf } from '#http/read-deps.ts'
import type { ReleaseMedia } from '#http/release-media.ts'
import type { RouteRequest } from '#http/route.ts'
import { printJson } from '#lib/json/print.ts'
import type { ExperimentSource } from '#query/experiment-source.ts'
import type { Engine } from '#store/engine.ts'

/** What the routes of datasets, items, runs and experiments need. */
export interface DatasetDeps extends MediaUrlDeps {
  readonly engine: Engine
  readonly datasets: Datasets
  readonly datasetItems: DatasetItems
  readonly datasetRuns: DatasetRuns
  readonly media: MediaFinder
  readonly releaseMedia: ReleaseMedia
}

export function sourceOf(request: RouteRequest<unknown, unknown>, deps: DatasetDeps): ExperimentSource {
  return { reader: readerOf(request, deps.engine), runs: deps.datasetRuns, items: deps.datasetItems }
}

/** @throws AppError `not_found` */
export async function getDataset({ datasets }: DatasetDeps, project: ProjectId, pathName: string): Promise<Dataset> {
  const dataset = await datasets.byName(project, ...namesMeant(pathName))
  if (!dataset) throw new AppError('not_found', 'Dataset not found')
  return dataset
}

/**
 * The names that a segment of a path may mean. Clients escape names once or twice: the router has undone
 * one escape, and what is left of a second one is undone here (public-api contract §1.6).
 */
export function namesMeant(segment: string): string[] {
  try {
    return [...new Set([segment, decodeURIComponent(segment)])]
  } catch {
    return [segment]
  }
}

/** JSON text of a value of a body; undefined for null, which says nothing. */
export function jsonText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  const text = printJson(value)
  return text === 'null' ? undefined : text
}
