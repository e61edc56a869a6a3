/** What comes in while a server is soaked: several kinds of writers, each a load generator of its own. */
import { type BackgroundLoad, startLoad } from '../lib/load.ts'
import { type Format, unitsPerRequest } from '../load/bodies.ts'
import type { LoadResult, LoadSpec } from '../load/protocol.ts'
import { loadOn } from '../targets/target.ts'
import type { Xtrace } from '../targets/xtrace.ts'

type Writer = 'OTLP protobuf' | 'legacy batch' | 'updates' | 'metric points'

const SHAPE = { payloadBytes: 1024, clients: 8, observationsPerTrace: 8 } as const
/** Numbers of requests, a range each, apart from those that found the peak. */
const NUMBERS = { 'OTLP protobuf': 2 ** 30, 'legacy batch': 1.25 * 2 ** 30, updates: 1.5 * 2 ** 30, 'metric points': 0 }
/** Of the observations that are sent, and points in proportion to them. */
const SHARES: Readonly<Record<Writer, number>> = {
  'OTLP protobuf': 0.75,
  'legacy batch': 0.15,
  updates: 0.1,
  'metric points': 0.1,
}
const WRITERS = ['OTLP protobuf', 'legacy batch', 'updates', 'metric points'] as const
/** Far enough that the writer has long forgotten what is updated. */
export const UPDATES_AFTER = 200
const RENEW_AFTER_MS = 20_000

export interface TrafficOptions {
  /** Observations a second, all writers together. */
  readonly rate: number
  readonly tracesPerRequest: number
}

export interface Traffic {
  /** Ends the writers, and gives what each was answered. */
  stop(): Promise<ReadonlyMap<Writer, LoadResult>>
}

export async function startTraffic(server: Xtrace, options: TrafficOptions): Promise<Traffic> {
  const loads: [Writer, BackgroundLoad][] = []
  for (const writer of WRITERS) loads.push([writer, await startLoad(specOf(server, writer, options))])
  return {
    stop: async () =>
      new Map(await Promise.all(loads.map(async ([writer, load]) => [writer, await load.stop()] as const))),
  }
}

/** In words, with what each writer sends a second. */
export function describeTraffic({ rate }: TrafficOptions): string {
  return WRITERS.map((writer) => `${writer} ${Math.round(rate * SHARES[writer])}/s`).join(', ')
}

function specOf(server: Xtrace, writer: Writer, { rate, tracesPerRequest }: TrafficOptions): LoadSpec {
  const format = formatOf(writer)
  const shape = { ...SHAPE, format, tracesPerRequest }
  return loadOn(server, {
    ...shape,
    rate: (rate * SHARES[writer]) / unitsPerRequest(shape),
    firstNumber: NUMBERS[writer],
    renewAfterMs: RENEW_AFTER_MS,
    ...(writer === 'updates' && { updatesAfter: UPDATES_AFTER }),
  })
}

function formatOf(writer: Writer): Format {
  if (writer === 'OTLP protobuf') return 'otlp-protobuf'
  return writer === 'metric points' ? 'metrics' : 'legacy'
}
