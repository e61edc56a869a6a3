import { type AimName, verdict } from './budgets.ts'
import { type Bench, progress } from './lib/bench.ts'
import { engineLimit, type PreparedRows, prepareRows } from './lib/engine-limit.ts'
import { inNewFolder } from './lib/folders.ts'
import { type IngestLoad, type IngestRound, measureIngest } from './lib/measure-ingest.ts'
import type { Options } from './lib/options.ts'
import type { Table } from './lib/report.ts'
import { figure, median, spread } from './lib/statistics.ts'
import { startXtrace } from './targets/xtrace.ts'

/** One line of the table: a load, and what each round gave. */
interface Case {
  readonly load: IngestLoad
  readonly rounds: IngestRound[]
  /** Stored, as a share of what the engine alone did in the same round; none for points. */
  readonly ofEngine: number[]
}

export const ingestBench: Bench = {
  name: 'ingest',
  measures: 'observations and points a second, acknowledged and stored, and as a share of the engine alone',
  run: (options) =>
    inNewFolder(async (folder) => {
      const cases = casesOf(options)
      const limits = await measureAll(options, cases, folder)
      return [tableOf(cases, limits)]
    }),
}

function casesOf({ formats, payloads, clients, tracesPerRequest }: Options): Case[] {
  const payloadsOf = (format: string) => (format === 'metrics' ? [0] : payloads)
  return formats.flatMap((format) =>
    payloadsOf(format).flatMap((payloadBytes) =>
      clients.map((count) => ({
        load: { format, payloadBytes, clients: count, tracesPerRequest, observationsPerTrace: 8 },
        rounds: [],
        ofEngine: [],
      })),
    ),
  )
}

/** The engine alone and every case in each round, so that what disturbs one disturbs the others. */
async function measureAll({ rounds, seconds, payloads }: Options, cases: readonly Case[], folder: string) {
  const prepared = new Map<number, PreparedRows>()
  const needed = payloads.filter((payloadBytes) => cases.some(({ load }) => load.payloadBytes === payloadBytes))
  for (const payloadBytes of needed) prepared.set(payloadBytes, await prepareRows(folder, payloadBytes))
  const limits = new Map<number, number[]>(needed.map((payloadBytes) => [payloadBytes, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [payloadBytes, rows] of prepared) limits.get(payloadBytes)?.push(await engineLimit(rows, 'file'))
    for (const each of cases) {
      const measured = await measureCase(each.load, seconds)
      each.rounds.push(measured)
      const limit = limits.get(each.load.payloadBytes)?.at(-1)
      if (limit !== undefined) each.ofEngine.push(measured.stored / limit)
      progress(`ingest ${nameOf(each.load)}: ${figure(measured.stored)}/s stored`)
    }
  }
  return limits
}

/** A new server with an empty store each time: no case pays for the merges of another. */
function measureCase(load: IngestLoad, seconds: number): Promise<IngestRound> {
  return inNewFolder(async (dataDir) => {
    const server = await startXtrace({ dataDir })
    try {
      return await measureIngest(server, load, { seconds })
    } finally {
      await server.stop()
    }
  })
}

const nameOf = ({ format, payloadBytes, clients }: IngestLoad) => `${format} ${payloadBytes} B, ${clients} clients`

function tableOf(cases: readonly Case[], limits: ReadonlyMap<number, readonly number[]>): Table {
  const limitLines = [...limits].map(([payloadBytes, figures]) => `${payloadBytes} B ${spread(figures)}/s`)
  return {
    title: 'ingest: one server, an empty store',
    columns: [
      'format',
      'payload',
      'clients',
      'acknowledged/s',
      'stored/s',
      'MB/s stored',
      '÷ engine',
      'sent again',
      'missing',
      'aim',
    ],
    rows: cases.map(rowOf),
    notes: [
      `The engine alone, in the same rounds: ${limitLines.join('; ') || 'not measured'}.`,
      'Observations (or points) a second; stored: until a reader is told of all that was acknowledged. MB/s of bodies as sent. Requests hold traces of 8 observations; native ones one trace.',
    ],
  }
}

function rowOf({ load, rounds, ofEngine }: Case): string[] {
  const of = (pick: (round: IngestRound) => number) => rounds.map(pick)
  const stored = of((round) => round.stored)
  const sum = (pick: (round: IngestRound) => number) => figure(of(pick).reduce((total, value) => total + value, 0))
  return [
    load.format,
    load.format === 'metrics' ? 'points' : `${load.payloadBytes} B`,
    String(load.clients),
    spread(of((round) => round.acknowledged)),
    spread(stored),
    spread(of((round) => round.megabytesPerSecond)),
    ofEngine.length > 0 ? spread(ofEngine) : '–',
    sum((round) => round.shed),
    sum((round) => round.missing),
    aimsOf(load, median(stored), median(ofEngine)),
  ]
}

function aimsOf({ format, payloadBytes, clients }: IngestLoad, stored: number, ofEngine: number): string {
  if (format !== 'otlp-protobuf' || clients !== 8) return '–'
  const aims: readonly [AimName, number][] =
    payloadBytes <= 1024
      ? [
          ['ingest.1k.stored', stored],
          ['ingest.1k.ofEngine', ofEngine],
        ]
      : [['ingest.12k.ofEngine', ofEngine]]
  return aims.map(([aim, value]) => verdict(aim, value)).join('; ')
}
