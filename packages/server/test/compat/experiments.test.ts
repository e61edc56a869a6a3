/** A real experiment over one dataset with every generation of SDKs, read back as dataset runs and as experiments. */
import { z } from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { datasetRunId } from '#domain/dataset.ts'
import { projectId } from '#domain/ids.ts'
import { type LiveServer, startLiveServer } from './live-server.ts'
import { environmentOf, type PythonEnvironment, runNodeSource, runPython } from './programs.ts'

const DATASET = 'folder/arithmetic + 7?'
const ITEMS = [
  { id: 'one', input: { number: 1 }, expectedOutput: 2, metadata: { kind: 'small' } },
  { id: 'two', input: { number: 2 }, expectedOutput: 4, metadata: { kind: 'small' } },
  { id: 'wrong', input: { number: 3 }, expectedOutput: 7, metadata: { kind: 'wrong' } },
]
/** Two of the three items are what was expected. */
const ACCURACY = 2 / 3
const SHARED_RUN = 'all clients'

const PYTHON = `
import os
from langfuse import Evaluation, Langfuse

langfuse = Langfuse()

def task(*, item, **kwargs):
    return item.input["number"] * 2

def correct(*, input, output, expected_output, **kwargs):
    return Evaluation(name="correct", value=1.0 if output == expected_output else 0.0)

def accuracy(*, item_results, **kwargs):
    values = [evaluation.value for result in item_results for evaluation in result.evaluations]
    return Evaluation(name="accuracy", value=sum(values) / len(values))

dataset = langfuse.get_dataset(os.environ["DATASET"])
for run_name in os.environ["RUNS"].split(","):
    result = dataset.run_experiment(
        name="doubling", run_name=run_name, description="doubles a number", metadata={"model": "none"},
        task=task, evaluators=[correct], run_evaluators=[accuracy],
    )
    assert len(result.item_results) == 3, result
    assert result.run_name == run_name
langfuse.flush()
langfuse.shutdown()
`

const NODE = `
import { LangfuseClient } from '@langfuse/client'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { NodeSDK } from '@opentelemetry/sdk-node'

const sdk = new NodeSDK({ spanProcessors: [new LangfuseSpanProcessor()] })
sdk.start()
const langfuse = new LangfuseClient()
const dataset = await langfuse.dataset.get(process.env.DATASET)
for (const runName of process.env.RUNS.split(',')) {
  const result = await dataset.runExperiment({
    name: 'doubling',
    runName,
    description: 'doubles a number',
    metadata: { model: 'none' },
    task: async ({ input }) => input.number * 2,
    evaluators: [async ({ output, expectedOutput }) => ({ name: 'correct', value: output === expectedOutput ? 1 : 0 })],
    runEvaluators: [async ({ itemResults }) => {
      const values = itemResults.flatMap(({ evaluations }) => evaluations.map(({ value }) => value))
      return { name: 'accuracy', value: values.reduce((sum, value) => sum + value, 0) / values.length }
    }],
  })
  if (result.itemResults.length !== 3) throw new Error(JSON.stringify(result))
}
await langfuse.flush()
await sdk.shutdown()
`

const Id = z.object({ id: z.string() })
const Rows = z.object({ data: z.array(z.unknown()) })
const Runs = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) })
const Run = z.object({
  id: z.string(),
  description: z.string(),
  metadata: z.unknown(),
  datasetRunItems: z.array(z.object({ datasetItemId: z.string(), traceId: z.string() })),
})
const Scores = z.array(z.object({ name: z.string(), value: z.number() }))
const Experiments = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      itemCount: z.number(),
      datasetId: z.string(),
      metadata: z.unknown(),
      scores: Scores,
    }),
  ),
})
const ExperimentItems = z.object({
  data: z.array(
    z.object({
      traceId: z.string(),
      experimentItemId: z.string(),
      input: z.unknown(),
      output: z.number(),
      expectedOutput: z.number(),
      experimentItemMetadata: z.unknown(),
      scores: Scores,
    }),
  ),
})

type Program = (env: Record<string, string>) => Promise<string>

const withPython =
  (environment: PythonEnvironment): Program =>
  (env) =>
    runPython(environment, PYTHON, env)

const CLIENTS: readonly [name: string, run: Program][] = [
  ['Python SDK 3', withPython('langfuse-3')],
  ['Python SDK 4', withPython('langfuse-4')],
  ['Python SDK 5', withPython('langfuse-5')],
  ['JS client 5', (env) => runNodeSource(NODE, env)],
]

describe('an experiment over a dataset', () => {
  let server: LiveServer
  let dataset: string
  const began = new Date(Date.now() - 1000).toISOString()

  beforeAll(async () => {
    server = await startLiveServer()
    dataset = Id.parse(await post('v2/datasets', { name: DATASET })).id
    for (const item of ITEMS) await post('dataset-items', { datasetName: DATASET, ...item })
  })
  afterAll(() => server?.stop())

  async function post(path: string, body: object): Promise<unknown> {
    const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
    const headers = { authorization, 'content-type': 'application/json' }
    const answer = await fetch(`${server.url}/api/public/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(200)
    return await answer.json()
  }

  const get = (path: string) => server.get(`/api/public/${path}`)
  const runsPath = `datasets/${encodeURIComponent(DATASET)}/runs`
  const readRun = async (name: string) => Run.parse(await get(`${runsPath}/${encodeURIComponent(name)}`))
  const readExperiments = async (id: string) =>
    Experiments.parse(await get(`experiments?fromStartTime=${began}&fields=core,metadata,scores&id=${id}`)).data
  const readItems = async (id: string) =>
    ExperimentItems.parse(
      await get(
        `experiment-items?fromStartTime=${began}&experimentId=${id}&fields=core,dataset,io,itemMetadata,scores`,
      ),
    ).data

  test.each(CLIENTS)('with %s is a run and an experiment with its scores', async (client, run) => {
    await run({ ...environmentOf(server), DATASET, RUNS: [client, SHARED_RUN].join(',') })

    const made = await readRun(client)
    expect(made).toMatchObject({ description: 'doubles a number', metadata: { model: 'none' } })
    expect(made.datasetRunItems.map(({ datasetItemId }) => datasetItemId).sort()).toEqual(['one', 'two', 'wrong'])
    const listed = z
      .object({ data: z.array(z.unknown()) })
      .parse(await get(`dataset-run-items?datasetId=${dataset}&runName=${encodeURIComponent(client)}`))
    expect(listed.data).toMatchObject(made.datasetRunItems)

    const [experiment, ...others] = await readExperiments(made.id)
    expect(others).toEqual([])
    expect(experiment).toMatchObject({
      name: client,
      itemCount: 3,
      datasetId: dataset,
      metadata: { model: 'none' },
      scores: [{ name: 'accuracy', value: expect.closeTo(ACCURACY, 6) }],
    })

    const items = await readItems(made.id)
    expect(new Set(items.map(({ traceId }) => traceId))).toEqual(
      new Set(made.datasetRunItems.map(({ traceId }) => traceId)),
    )
    for (const { id, input, expectedOutput, metadata } of ITEMS) {
      const output = input.number * 2
      expect(items.find(({ experimentItemId }) => experimentItemId === id)).toMatchObject({
        input,
        output,
        expectedOutput,
        experimentItemMetadata: metadata,
        scores: [{ name: 'correct', value: output === expectedOutput ? 1 : 0 }],
      })
    }

    for (const path of [`v2/scores?datasetRunId=${made.id}`, `v3/scores?experimentId=${made.id}`])
      expect(Rows.parse(await get(path)).data).toMatchObject([{ name: 'accuracy' }])
  })

  test('under one name is one run of all clients, newest first in the list', async () => {
    const id = datasetRunId(projectId('default'), dataset, SHARED_RUN)
    const run = await readRun(SHARED_RUN)
    expect(run.id).toBe(id)
    expect(run.datasetRunItems).toHaveLength(3 * CLIENTS.length)
    const [experiment] = await readExperiments(id)
    expect(experiment?.itemCount).toBe(3 * CLIENTS.length)
    expect(experiment?.scores).toHaveLength(CLIENTS.length)
    expect(await readItems(id)).toHaveLength(3 * CLIENTS.length)
    const correct = (await readItems(id)).flatMap(({ scores }) => scores.map(({ value }) => value))
    expect(correct.reduce((sum, value) => sum + value, 0) / correct.length).toBeCloseTo(ACCURACY, 6)

    const { data } = Runs.parse(await get(runsPath))
    const clients = CLIENTS.map(([name]) => name)
    expect(data.map(({ name }) => name)).toEqual([...clients.slice(1).reverse(), SHARED_RUN, clients[0]])
  })
})
