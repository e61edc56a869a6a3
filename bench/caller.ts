import { verdict } from './budgets.ts'
import { type Bench, progress } from './lib/bench.ts'
import { inNewFolder } from './lib/folders.ts'
import { runLoad } from './lib/load.ts'
import type { Options } from './lib/options.ts'
import type { Table } from './lib/report.ts'
import { figure, median, spread } from './lib/statistics.ts'
import type { Format } from './load/bodies.ts'
import type { LoadResult } from './load/protocol.ts'
import { loadOn } from './targets/target.ts'
import { startXtrace } from './targets/xtrace.ts'

const CALLS_PER_SECOND = 100
const FORMATS: readonly Format[] = ['legacy', 'otlp-protobuf', 'native']
const WARM_UP_SECONDS = 2
const WARM_UP_NUMBER = 2 ** 31

export const callerBench: Bench = {
  name: 'caller',
  measures: 'what our answer costs the caller: latency of an ingest call at 100 a second',
  run: (options) => inNewFolder(async (dataDir) => [await measure(options, dataDir)]),
}

/** Formats take turns within each round, on one server. */
async function measure({ rounds, seconds }: Options, dataDir: string): Promise<Table> {
  const server = await startXtrace({ dataDir })
  const results = new Map<Format, LoadResult[]>(FORMATS.map((format) => [format, []]))
  const callsAt = (format: Format, firstNumber: number) =>
    loadOn(server, {
      format,
      payloadBytes: 1024,
      clients: 1,
      tracesPerRequest: 1,
      observationsPerTrace: 8,
      rate: CALLS_PER_SECOND,
      firstNumber,
    })
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [format, taken] of results) {
        if (round === 0) await runLoad(callsAt(format, WARM_UP_NUMBER), WARM_UP_SECONDS)
        taken.push(await runLoad(callsAt(format, round * 2 ** 20), seconds * 2))
        progress(`caller ${format}: p99 ${figure(taken.at(-1)?.latency.p99 ?? 0)} ms`)
      }
    }
  } finally {
    await server.stop()
  }
  return {
    title: 'caller: latency of an ingest call, a trace of 8 observations of 1 KB each',
    columns: ['format', 'calls/s', 'p50 ms', 'p99 ms', 'max ms', 'aim'],
    rows: [...results].map(([format, taken]) => rowOf(format, taken)),
    notes: ['Calls leave at fixed instants, however long the answers take, and are timed from there.'],
  }
}

function rowOf(format: Format, results: readonly LoadResult[]): string[] {
  const p99 = results.map(({ latency }) => latency.p99)
  return [
    format,
    spread(results.map(({ requests, seconds }) => requests / seconds)),
    spread(results.map(({ latency }) => latency.p50)),
    spread(p99),
    spread(results.map(({ latency }) => latency.max)),
    verdict('caller.p99', median(p99)),
  ]
}
