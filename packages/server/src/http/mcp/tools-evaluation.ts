import type { Tool } from './tool.ts'

const datasets: readonly Tool[] = [
  {
    name: 'listDatasets',
    operation: 'datasets_list',
    description: 'Lists datasets by page, newest first.',
  },
  {
    name: 'getDataset',
    operation: 'datasets_get',
    description: 'Gets one dataset by name. Slashes are part of a name.',
  },
  {
    name: 'upsertDataset',
    operation: 'datasets_create',
    description:
      'Makes a dataset, or changes the fields given of the one with that name. Schemas are JSON Schemas that its items have to fit.',
  },
  {
    name: 'listDatasetItems',
    operation: 'datasetItems_list',
    description: 'Lists the items of a dataset by page; version gives them as they were at an instant.',
  },
  {
    name: 'getDatasetItem',
    operation: 'datasetItems_get',
    description: 'Gets one item of a dataset.',
  },
  {
    name: 'upsertDatasetItem',
    operation: 'datasetItems_create',
    description:
      'Makes an item of a dataset, or changes the fields given of the one with that id; ARCHIVED takes it out of lists.',
  },
  {
    name: 'deleteDatasetItem',
    operation: 'datasetItems_delete',
    description: 'Deletes an item of a dataset. It can not be undone.',
  },
  {
    name: 'listDatasetRuns',
    operation: 'datasets_getRuns',
    description: 'Lists the runs of a dataset, newest first.',
  },
  {
    name: 'getDatasetRun',
    operation: 'datasets_getRun',
    description: 'Gets one run of a dataset with its items, each with the trace that came of it.',
  },
  {
    name: 'deleteDatasetRun',
    operation: 'datasets_deleteRun',
    description: 'Deletes a run of a dataset; its traces stay. It can not be undone.',
  },
  {
    name: 'listDatasetRunItems',
    operation: 'datasetRunItems_list',
    description: 'Lists the items of a run of a dataset.',
  },
  {
    name: 'createDatasetRunItem',
    operation: 'datasetRunItems_create',
    description: 'Adds the trace that came of an item to a run of its dataset; the first one makes the run.',
  },
  {
    name: 'listExperiments',
    operation: 'experiments_list',
    description: 'Lists experiments since fromStartTime, latest activity first, with averages of their scores.',
  },
  {
    name: 'listExperimentItems',
    operation: 'experimentItems_list',
    description: 'Lists what experiments did with each item since fromStartTime.',
  },
]

const scoreConfigs: readonly Tool[] = [
  {
    name: 'listScoreConfigs',
    operation: 'scoreConfigs_get',
    description: 'Lists what scores may be: names, types, ranges and categories.',
  },
  { name: 'getScoreConfig', operation: 'scoreConfigs_get-by-id', description: 'Gets one score config.' },
  {
    name: 'createScoreConfig',
    operation: 'scoreConfigs_create',
    description: 'Makes a score config: NUMERIC with a range, CATEGORICAL with categories, BOOLEAN or TEXT.',
  },
  {
    name: 'updateScoreConfig',
    operation: 'scoreConfigs_update',
    description: 'Changes the fields given of a score config; archives it with isArchived.',
  },
]

const comments: readonly Tool[] = [
  {
    name: 'listComments',
    operation: 'comments_get',
    description: 'Lists comments on traces, observations, sessions and prompts.',
  },
  {
    name: 'getComment',
    operation: 'comments_get-by-id',
    description: 'Gets one comment.',
  },
  {
    name: 'createComment',
    operation: 'comments_create',
    description: 'Comments on a trace, an observation, a session or a prompt. projectId is that of getProject.',
  },
]

const queues: readonly Tool[] = [
  {
    name: 'listAnnotationQueues',
    operation: 'annotationQueues_listQueues',
    description: 'Lists the queues in which people score what programs did.',
  },
  {
    name: 'getAnnotationQueue',
    operation: 'annotationQueues_getQueue',
    description: 'Gets one annotation queue.',
  },
  {
    name: 'createAnnotationQueue',
    operation: 'annotationQueues_createQueue',
    description: 'Makes an annotation queue for the score configs given.',
  },
  {
    name: 'listAnnotationQueueItems',
    operation: 'annotationQueues_listQueueItems',
    description: 'Lists the items of an annotation queue, all or those PENDING or COMPLETED.',
  },
  {
    name: 'getAnnotationQueueItem',
    operation: 'annotationQueues_getQueueItem',
    description: 'Gets one item of an annotation queue.',
  },
  {
    name: 'createAnnotationQueueItem',
    operation: 'annotationQueues_createQueueItem',
    description: 'Puts a trace, an observation or a session into an annotation queue.',
  },
  {
    name: 'updateAnnotationQueueItem',
    operation: 'annotationQueues_updateQueueItem',
    description: 'Marks an item of an annotation queue COMPLETED or PENDING.',
  },
  {
    name: 'deleteAnnotationQueueItem',
    operation: 'annotationQueues_deleteQueueItem',
    description: 'Takes an item out of an annotation queue.',
  },
  {
    name: 'createAnnotationQueueAssignment',
    operation: 'annotationQueues_createQueueAssignment',
    description: 'Assigns a person to an annotation queue.',
  },
  {
    name: 'deleteAnnotationQueueAssignment',
    operation: 'annotationQueues_deleteQueueAssignment',
    description: 'Takes a person off an annotation queue.',
  },
]

/** How what programs did is judged. */
export const EVALUATION_TOOLS: readonly Tool[] = [...datasets, ...scoreConfigs, ...comments, ...queues]
