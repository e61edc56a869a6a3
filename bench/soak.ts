import { setTimeout as pause } from 'node:timers/promises'
import { type Bench, progress } from './lib/bench.ts'
import { inNewFolder } from './lib/folders.ts'
import { measureIngest, untilCounted } from './lib/measure-ingest.ts'
import type { Options } from './lib/options.ts'
import type { Table } from './lib/report.ts'
import { figure, percentile } from './lib/statistics.ts'
import { READS, type Readers, startReaders } from './soak/readers.ts'
import { type Sample, takeSample } from './soak/sample.ts'
import { describeTraffic, startTraffic, type Traffic, UPDATES_AFTER } from './soak/traffic.ts'
import { type Tally, VERDICT_COLUMNS, verdictRows } from './soak/verdicts.ts'
import { startXtrace, type Xtrace } from './targets/xtrace.ts'

const MEGABYTE = 2 ** 20
const SAMPLE_MS = 30_000
/** A run of minutes still has samples enough for its quarters. */
const MIN_SAMPLES = 40
const PEAK_SECONDS = 15
/** Lines of the table of samples: the report shows a course, not every sample. */
const SHOWN_SAMPLES = 12

export const soakBench: Bench = {
  name: 'soak',
  measures: 'an hour at half of peak with mixed traffic: what grows that should not',
  isLong: true,
  run: (options) => inNewFolder((dataDir) => soak(options, dataDir)),
}

async function soak(options: Options, dataDir: string): Promise<Table[]> {
  const server = await startXtrace({ dataDir })
  try {
    const { rate, origin } = await rateOf(server, options)
    const before = await countsOf(server)
    const traffic = { rate, tracesPerRequest: options.tracesPerRequest }
    progress(`soak: ${options.minutes} minutes of ${describeTraffic(traffic)}`)
    const writers = await startTraffic(server, traffic)
    const readers = startReaders(server)
    const samples = await watch(server, { dataDir, readers, minutes: options.minutes })
    const tally = await settle(server, { writers, readers, before })
    const notes = [
      `${options.minutes} minutes; ${figure(rate)} observations/s (${origin}): ${describeTraffic(traffic)}. Observations of 1 KB; every second request of the updates changes what was created ${UPDATES_AFTER} requests before. Readers ask for the newest 50 traces, the newest trace, daily metrics of 7 days and a record that they have just written, once a second each.`,
    ]
    return [verdictTable(samples, tally, notes), courseTable(samples)]
  } finally {
    await server.stop()
  }
}

async function rateOf(server: Xtrace, { rate, tracesPerRequest }: Options) {
  if (rate !== undefined) return { rate, origin: 'as told' }
  const load = {
    format: 'otlp-protobuf',
    payloadBytes: 1024,
    clients: 8,
    tracesPerRequest,
    observationsPerTrace: 8,
  } as const
  const { stored } = await measureIngest(server, load, { seconds: PEAK_SECONDS })
  progress(`soak: peak ${figure(stored)}/s`)
  return { rate: stored / 2, origin: `half of what it stored at its peak of ${PEAK_SECONDS} s` }
}

interface Counts {
  readonly observations: number
  readonly points: number
}

const countsOf = async (server: Xtrace): Promise<Counts> => ({
  observations: await server.countObservations(),
  points: await server.countPoints(),
})

interface Watch {
  readonly dataDir: string
  readonly readers: Readers
  readonly minutes: number
}

/** Samples at fixed instants, however long one takes, the first of them before much has come in. */
async function watch(server: Xtrace, { dataDir, readers, minutes }: Watch): Promise<Sample[]> {
  const sampleAt = (seconds: number) => takeSample(server, { dataDir, seconds, reads: readers.take() })
  const begun = performance.now()
  const lastMs = minutes * 60_000
  const everyMs = Math.min(SAMPLE_MS, lastMs / MIN_SAMPLES)
  const samples: Sample[] = [await sampleAt(0)]
  for (let due = everyMs; due <= lastMs; due += everyMs) {
    await pause(Math.max(0, begun + due - performance.now()))
    const seconds = (performance.now() - begun) / 1000
    const sample = await sampleAt(seconds)
    progress(`soak: ${courseRow(sample, samples.at(-1)).join(' | ')}`)
    samples.push(sample)
  }
  return samples
}

interface Ending {
  readonly writers: Traffic
  readonly readers: Readers
  readonly before: Counts
}

/** Ends the traffic and waits until readers are told of all of it, or no more comes. */
async function settle(server: Xtrace, { writers, readers, before }: Ending): Promise<Tally> {
  await readers.stop()
  const results = await writers.stop()
  const { probes, missing, refused } = readers.counts()
  let [observations, failed] = [probes, 0]
  for (const [writer, result] of results) {
    if (writer !== 'metric points') observations += result.units
    failed += result.failed
    if (result.failed > 0) progress(`soak: ${writer}: ${result.failed} failed, such as ${result.firstFailure}`)
  }
  const points = results.get('metric points')?.units ?? 0
  const found = {
    observations: await untilCounted(server.countObservations, before.observations + observations),
    points: await untilCounted(server.countPoints, before.points + points),
  }
  return {
    failed,
    refusedReads: refused,
    staleReads: missing,
    observations: { acknowledged: observations, found: found.observations - before.observations },
    points: { acknowledged: points, found: found.points - before.points },
  }
}

function verdictTable(samples: readonly Sample[], tally: Tally, notes: readonly string[]): Table {
  return {
    title: 'soak: what grew',
    columns: VERDICT_COLUMNS,
    rows: verdictRows(samples, tally),
    notes: [
      ...notes,
      'Quarters of the time after a warm-up of a tenth. Growth of memory: least squares over that time. Records not stored: bytes of the log by the mean size of a change.',
    ],
  }
}

function courseTable(samples: readonly Sample[]): Table {
  const step = Math.max(1, Math.ceil(samples.length / SHOWN_SAMPLES))
  const rows = samples.flatMap((sample, index) =>
    index > 0 && index % step === 0 ? [courseRow(sample, samples[index - step])] : [],
  )
  return { title: 'soak: the course', columns: COURSE_COLUMNS, rows }
}

const COURSE_COLUMNS = [
  'minute',
  'resident MB',
  'heap MB: in use / in all',
  'buffers MB',
  'engine MB',
  'loop ms',
  'CPU %',
  'acknowledged/s',
  'not stored',
  ...READS.map((read) => `${read} p50 / p99 ms`),
  'parts',
  'rows',
  'log MB',
  'store MB',
  'files',
]

/** Rates are those since the sample before. */
function courseRow(sample: Sample, before: Sample | undefined): string[] {
  const seconds = sample.seconds - (before?.seconds ?? 0)
  const since = (pick: (sample: Sample) => number) => (pick(sample) - (before ? pick(before) : 0)) / seconds
  return [
    figure(sample.seconds / 60),
    figure(sample.residentBytes / MEGABYTE),
    `${figure(sample.heapBytes / MEGABYTE)} / ${figure(sample.heapTotalBytes / MEGABYTE)}`,
    figure(sample.bufferBytes / MEGABYTE),
    figure(sample.engineBytes / MEGABYTE),
    figure(sample.loopMs),
    figure(since(({ cpuSeconds }) => cpuSeconds) * 100),
    figure(since(({ acknowledged }) => acknowledged)),
    figure(sample.lag),
    ...READS.map(
      (read) => `${figure(percentile(sample.reads[read], 0.5))} / ${figure(percentile(sample.reads[read], 0.99))}`,
    ),
    figure(sample.parts),
    figure(sample.rows),
    figure(sample.logBytes / MEGABYTE),
    figure(sample.storeBytes / MEGABYTE),
    figure(sample.files),
  ]
}
