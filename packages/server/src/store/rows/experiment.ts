import type { Experiment } from '#domain/change.ts'
import type { Row } from '#store/engine.ts'
import { textOf } from './cells.ts'

/** Field of `Experiment` → column of `observations`, in the order of the table. */
const COLUMNS = {
  id: 'experiment_id',
  name: 'experiment_name',
  description: 'experiment_description',
  datasetId: 'experiment_dataset_id',
  itemId: 'experiment_item_id',
  itemVersion: 'experiment_item_version',
  itemRootObservationId: 'experiment_item_root_observation_id',
  itemExpectedOutput: 'experiment_item_expected_output',
  metadata: 'experiment_metadata',
  itemMetadata: 'experiment_item_metadata',
} as const satisfies Record<keyof Experiment, string>

export type ExperimentCells = Readonly<Record<(typeof COLUMNS)[keyof Experiment], string>>

export function experimentCells(experiment: Experiment): ExperimentCells {
  return {
    experiment_id: experiment.id ?? '',
    experiment_name: experiment.name ?? '',
    experiment_description: experiment.description ?? '',
    experiment_dataset_id: experiment.datasetId ?? '',
    experiment_item_id: experiment.itemId ?? '',
    experiment_item_version: experiment.itemVersion ?? '',
    experiment_item_root_observation_id: experiment.itemRootObservationId ?? '',
    experiment_item_expected_output: experiment.itemExpectedOutput ?? '',
    experiment_metadata: experiment.metadata ?? '',
    experiment_item_metadata: experiment.itemMetadata ?? '',
  }
}

/** Only the fields that were said: an observation outside any experiment gives `{}`. */
export function experimentOf(row: Row): Experiment {
  const said = Object.entries(COLUMNS).flatMap(([field, column]) => {
    const text = textOf(row, column)
    return text === '' ? [] : [[field, text]]
  })
  return Object.fromEntries(said)
}
