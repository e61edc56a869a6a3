import { type AimName, verdict } from './budgets.ts'
import { type Access, type Answered, askMany, askOnce } from './lib/ask.ts'
import { type Bench, progress } from './lib/bench.ts'
import { factsOf } from './lib/facts.ts'
import { forgetCached, inNewFolder } from './lib/folders.ts'
import { startLoad } from './lib/load.ts'
import type { Options } from './lib/options.ts'
import { type Question, questionsOf } from './lib/questions.ts'
import type { Table } from './lib/report.ts'
import { onClone, type Seeded, seeded } from './lib/seeded.ts'
import { figure, percentile } from './lib/statistics.ts'
import { loadOn } from './targets/target.ts'
import { startXtrace, type Xtrace } from './targets/xtrace.ts'

const OBSERVATIONS_PER_TRACE = 8
/** Sizes from which the aims of a million and of ten million are held against. */
const MILLION = 1e6
const TEN_MILLION = 1e7

interface Times {
  readonly question: Question
  readonly cold: Answered
  readonly warm: number[] | string
  readonly busy: number[] | string
}

interface Size {
  readonly seeded: Seeded
  readonly times: readonly Times[]
}

export const queryBench: Bench = {
  name: 'query',
  measures: 'lists, look-ups and aggregates over seeded stores, cold and warm, alone and during ingest',
  run: (options) =>
    options.seeds === undefined
      ? inNewFolder((folder) => measureSizes(options, folder))
      : measureSizes(options, options.seeds),
}

async function measureSizes(options: Options, folder: string): Promise<Table[]> {
  const sizes: Size[] = []
  for (const observations of options.observations) {
    const { seedPayload: payloadBytes, observationsPerDay } = options
    const store = await seeded({ folder, observations, payloadBytes, observationsPerDay })
    sizes.push({ seeded: store, times: await onClone(store, (dataDir) => measure(options, dataDir, store)) })
  }
  return sizes.map((size, index) => tableOf(size, index === 0 ? undefined : sizes[0], options))
}

async function measure(options: Options, dataDir: string, store: Seeded): Promise<Times[]> {
  const facts = await withServer(dataDir, (server) => factsOf(server, store.options))
  const questions = questionsOf(facts)
  const cold = await askCold(dataDir, questions)
  progress(`query: ${questions.length} questions asked cold`)
  return withServer(dataDir, async (server) => {
    const warm = await askEach(server, questions, options.asks)
    progress('query: asked warm')
    const busy = await askDuringIngest(server, questions, options)
    return questions.map((question, index) => ({
      question,
      cold: cold[index] ?? 'not asked',
      warm: warm[index] ?? 'not asked',
      busy: busy[index] ?? 'not asked',
    }))
  })
}

async function withServer<T>(dataDir: string, work: (server: Xtrace) => Promise<T>): Promise<T> {
  const server = await startXtrace({ dataDir })
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}

async function signedIn({ url, authorization, signIn }: Xtrace): Promise<Access> {
  return { url, authorization, cookie: await signIn() }
}

/** Each of a server that has just started, with nothing of its files in memory. */
async function askCold(dataDir: string, questions: readonly Question[]): Promise<Answered[]> {
  const answers: Answered[] = []
  for (const question of questions) {
    await forgetCached(dataDir)
    answers.push(await withServer(dataDir, async (server) => askOnce(await signedIn(server), question)))
  }
  return answers
}

async function askEach(server: Xtrace, questions: readonly Question[], asks: number): Promise<(number[] | string)[]> {
  const access = await signedIn(server)
  const answers: (number[] | string)[] = []
  for (const question of questions) answers.push(await askMany(access, question, asks))
  return answers
}

async function askDuringIngest(server: Xtrace, questions: readonly Question[], options: Options) {
  const { backgroundRate, tracesPerRequest, asks, seedPayload } = options
  const background = await startLoad(
    loadOn(server, {
      format: 'otlp-protobuf',
      payloadBytes: seedPayload,
      clients: 8,
      tracesPerRequest,
      observationsPerTrace: OBSERVATIONS_PER_TRACE,
      rate: backgroundRate / (tracesPerRequest * OBSERVATIONS_PER_TRACE),
      firstNumber: 0,
    }),
  )
  const answers = await askEach(server, questions, asks)
  const { units, seconds } = await background.stop()
  progress(`query: asked during ingest of ${figure(units / seconds)}/s`)
  return answers
}

function tableOf({ seeded: store, times }: Size, smaller: Size | undefined, options: Options): Table {
  const { observations, observationsPerDay, payloadBytes } = store.options
  const days = Math.round(observations / observationsPerDay)
  return {
    title: `query: ${observations.toLocaleString('en')} observations over ${days} days`,
    columns: ['question', 'cold ms', 'warm p50', 'warm p95', 'during ingest p50', 'p95', 'growth', 'aim'],
    rows: times.map((each, index) => rowOf(each, observations, smaller?.times[index])),
    notes: [
      `Traces of ${OBSERVATIONS_PER_TRACE}, payloads of ${payloadBytes} B, ${figure(store.bytesPerObservation)} bytes an observation on disk; ${observationsPerDay} observations a day at every size. Cold: the first question to a new process, its files out of the page cache. Warm: ${options.asks} asks. Ingest: ${options.backgroundRate} observations/s. Growth: of the warm median, over the smallest store.`,
    ],
  }
}

function rowOf(times: Times, observations: number, smaller: Times | undefined): string[] {
  const { question, cold, warm, busy } = times
  const growth = typeof warm === 'string' || !smaller ? Number.NaN : percentile(warm, 0.5) / p50Of(smaller)
  return [
    question.name,
    typeof cold === 'string' ? cold : figure(cold),
    ...quantiles(warm),
    ...quantiles(busy),
    figure(growth),
    aimsOf(times, observations, growth),
  ]
}

const p50Of = ({ warm }: Times) => (typeof warm === 'string' ? Number.NaN : percentile(warm, 0.5))

function quantiles(times: number[] | string): string[] {
  return typeof times === 'string' ? [times, '–'] : [figure(percentile(times, 0.5)), figure(percentile(times, 0.95))]
}

function aimsOf({ question: { aims, isBounded }, warm }: Times, observations: number, growth: number): string {
  if (typeof warm === 'string') return '–'
  const verdicts: [AimName, number][] = []
  if (aims?.million && observations === MILLION) verdicts.push([aims.million, percentile(warm, 0.5)])
  if (aims?.tenMillion && observations === TEN_MILLION) verdicts.push([aims.tenMillion, percentile(warm, 0.95)])
  if (isBounded && Number.isFinite(growth)) verdicts.push(['query.growth', growth])
  return verdicts.map(([aim, value]) => verdict(aim, value)).join('; ') || '–'
}
