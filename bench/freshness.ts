import { type AimName, verdict } from './budgets.ts'
import { type Bench, progress } from './lib/bench.ts'
import { inNewFolder } from './lib/folders.ts'
import { startLoad } from './lib/load.ts'
import { type IngestLoad, measureIngest } from './lib/measure-ingest.ts'
import type { Options } from './lib/options.ts'
import { type Probe, probes } from './lib/probe.ts'
import type { Table } from './lib/report.ts'
import { figure, percentile } from './lib/statistics.ts'
import { loadOn } from './targets/target.ts'
import { startXtrace, type Xtrace } from './targets/xtrace.ts'

const OBSERVATIONS_PER_TRACE = 8
/** Reads of a server that has just started are not what its users see. */
const WARM_UP_PROBES = 20
/** Numbers of the requests of the half load, apart from those that found the peak. */
const HALF_LOAD_NUMBER = 2 ** 30

interface Series {
  readonly name: 'idle' | 'loaded'
  readonly probes: readonly Probe[]
}

export const freshnessBench: Bench = {
  name: 'freshness',
  measures: 'write → answer → first read, the record in it; idle and under half of peak load',
  run: (options) => inNewFolder(async (dataDir) => [await measure(options, dataDir)]),
}

async function measure(options: Options, dataDir: string): Promise<Table> {
  const server = await startXtrace({ dataDir })
  try {
    await probes(server, WARM_UP_PROBES)
    const idle: Series = { name: 'idle', probes: await probes(server, options.probes) }
    const { loaded, rate } = await underLoad(server, options)
    return {
      title: 'freshness: a trace with a generation through /v1/l/batch, then GET /api/public/traces/{id}',
      columns: ['state', 'span', 'p50 ms', 'p99 ms', 'aim'],
      rows: [idle, loaded].flatMap(rowsOf),
      notes: [
        `${options.probes} writes each. Loaded: ${figure(rate)} observations/s of OTLP protobuf (1 KB), half of what the same server had just stored at its peak.`,
      ],
    }
  } finally {
    await server.stop()
  }
}

async function underLoad(server: Xtrace, { seconds, probes: count, tracesPerRequest }: Options) {
  const load: IngestLoad = {
    format: 'otlp-protobuf',
    payloadBytes: 1024,
    clients: 8,
    tracesPerRequest,
    observationsPerTrace: OBSERVATIONS_PER_TRACE,
  }
  const peak = await measureIngest(server, load, { seconds })
  progress(`freshness: peak ${figure(peak.stored)}/s`)
  const rate = peak.stored / 2
  const requestRate = rate / (tracesPerRequest * OBSERVATIONS_PER_TRACE)
  const background = await startLoad(loadOn(server, { ...load, rate: requestRate, firstNumber: HALF_LOAD_NUMBER }))
  const loaded: Series = { name: 'loaded', probes: await probes(server, count) }
  await background.stop()
  return { loaded, rate }
}

function rowsOf({ name, probes: taken }: Series): string[][] {
  const missing = taken.filter(({ isFresh }) => !isFresh).length
  const spans = {
    'write → answer': taken.map(({ writeMs }) => writeMs),
    'first read': taken.map(({ readMs }) => readMs),
    both: taken.map(({ writeMs, readMs }) => writeMs + readMs),
  }
  return [
    ...Object.entries(spans).map(([span, times]) => rowOf(name, span, times)),
    [name, 'reads without their record', String(missing), `of ${taken.length}`, verdict('freshness.missing', missing)],
  ]
}

function rowOf(state: Series['name'], span: string, times: readonly number[]): string[] {
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
  const idleAims: readonly [AimName, number][] = [
    ['freshness.idle.p50', p50],
    ['freshness.idle.p99', p99],
  ]
  const aims: readonly [AimName, number][] = state === 'idle' ? idleAims : [['freshness.loaded.p99', p99]]
  const judged = span === 'both' ? aims.map(([aim, value]) => verdict(aim, value)).join('; ') : '–'
  return [state, span, figure(p50), figure(p99), judged]
}
