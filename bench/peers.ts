import type { AimName } from './budgets.ts'
import { verdict } from './budgets.ts'
import { type Bench, progress } from './lib/bench.ts'
import { inNewFolder } from './lib/folders.ts'
import { type IngestLoad, type IngestRound, type IngestTimes, measureIngest } from './lib/measure-ingest.ts'
import type { Options } from './lib/options.ts'
import { peerQuestions } from './lib/peer-questions.ts'
import type { Table } from './lib/report.ts'
import { figure, median, spread } from './lib/statistics.ts'
import { answerToVisible } from './lib/visible.ts'
import type { Format } from './load/bodies.ts'
import { startPhoenix } from './targets/phoenix.ts'
import { startRust } from './targets/rust.ts'
import type { Target } from './targets/target.ts'
import { startXtrace } from './targets/xtrace.ts'

const MEGABYTE = 2 ** 20
const CLIENTS = 8
/** Writes whose way to a reader is timed, a round. */
const VISIBLE_WRITES = 20

type Start = (folder: string) => Promise<Target>

/** What is sent to both sides of a comparison. */
interface Duel {
  readonly peer: string
  readonly start: Start
  readonly format: Format
  readonly payloadBytes: number
  readonly times: IngestTimes
  readonly aim?: AimName
}

/** One side's figures of one round. */
interface Side extends IngestRound {
  readonly readyMs: number
  readonly idleMegabytes: number
  readonly bytesPerObservation: number
  readonly visibleMs: number
}

interface Peers {
  readonly rust: { readonly checkout: string; readonly postgresBin: string } | undefined
  readonly phoenixPython: string | undefined
}

export const peersBench: Bench = {
  name: 'peers',
  measures: 'the same bodies and questions to us and to the peers that the environment names, in turns',
  async run(options) {
    const peers = peersOf(process.env)
    const tables = [await duelTable(duelsOf(peers, options), options)]
    if (peers.rust) tables.push(await peerQuestions(peers.rust, options))
    return tables
  },
}

function peersOf(env: NodeJS.ProcessEnv): Peers {
  const checkout = env['XTRACE_BENCH_RUST']
  return {
    rust: checkout === undefined ? undefined : { checkout, postgresBin: env['XTRACE_BENCH_POSTGRES_BIN'] ?? '' },
    phoenixPython: env['XTRACE_BENCH_PHOENIX_PYTHON'],
  }
}

function duelsOf({ rust, phoenixPython: python }: Peers, { seconds }: Options): Duel[] {
  const duels: Duel[] = []
  if (rust) {
    const startIt: Start = (folder) => startRust({ ...rust, folder })
    const common = { peer: 'Rust xtrace', start: startIt, times: { seconds } }
    duels.push(
      { ...common, format: 'otlp-protobuf', payloadBytes: 1024, aim: 'peers.rust.otlp1k' },
      { ...common, format: 'otlp-protobuf', payloadBytes: 12_288, aim: 'peers.rust.otlp12k' },
      { ...common, format: 'native', payloadBytes: 1024, aim: 'peers.rust.native' },
    )
  }
  if (python !== undefined) {
    // It answers thirty times faster than it stores: a second of load keeps it busy for half a minute.
    const times = { seconds: 1, warmUpSeconds: 0.2 }
    const startIt: Start = (folder) => startPhoenix({ python, folder })
    duels.push({ peer: 'Phoenix', start: startIt, format: 'openinference', payloadBytes: 1024, times })
  }
  return duels
}

async function duelTable(duels: readonly Duel[], options: Options): Promise<Table> {
  const rows: string[][] = []
  const absent: string[] = []
  for (const duel of duels) {
    try {
      rows.push(...rowsOf(duel, await fight(duel, options)))
    } catch (error) {
      absent.push(`${duel.peer}, ${duel.format}, could not be measured: ${String(error).slice(0, 200)}`)
    }
  }
  absent.push(
    duels.some(({ peer }) => peer === 'Rust xtrace')
      ? ''
      : 'The Rust xtrace was not measured: XTRACE_BENCH_RUST names no checkout.',
    duels.some(({ peer }) => peer === 'Phoenix')
      ? ''
      : 'Phoenix was not measured: XTRACE_BENCH_PHOENIX_PYTHON names no python.',
  )
  return {
    title: `peers: the same bodies, ${CLIENTS} clients, in turns`,
    columns: [
      'load',
      'server',
      'acknowledged/s',
      'stored/s',
      'sent again',
      'missing',
      'answer → counted ms',
      'B/observation',
      'ready ms',
      'idle MB',
      'aim',
    ],
    rows,
    notes: [
      'Each round starts both on empty stores. Memory of a server and its database together, once ready. Bytes on disk right after the load, logs and all.',
      ...absent.filter((note) => note !== ''),
    ],
  }
}

async function fight(duel: Duel, { rounds, tracesPerRequest }: Options): Promise<{ ours: Side[]; theirs: Side[] }> {
  const load: IngestLoad = {
    format: duel.format,
    payloadBytes: duel.payloadBytes,
    clients: CLIENTS,
    tracesPerRequest,
    observationsPerTrace: 8,
  }
  const [ours, theirs]: [Side[], Side[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    ours.push(await measureSide((dataDir) => startXtrace({ dataDir }), load, duel.times))
    theirs.push(await measureSide(duel.start, load, duel.times))
    progress(
      `peers ${duel.format}: ${figure(ours.at(-1)?.stored ?? 0)} to ${figure(theirs.at(-1)?.stored ?? 0)}/s stored`,
    )
  }
  return { ours, theirs }
}

function measureSide(start: Start, load: IngestLoad, times: IngestTimes): Promise<Side> {
  return inNewFolder(async (folder) => {
    const target = await start(folder)
    try {
      const { familyBytes } = await target.usage()
      const emptyBytes = await target.bytesOnDisk()
      const round = await measureIngest(target, load, times)
      const grownBytes = (await target.bytesOnDisk()) - emptyBytes
      return {
        ...round,
        readyMs: target.readyMs,
        idleMegabytes: familyBytes / MEGABYTE,
        bytesPerObservation: grownBytes / (await target.countObservations()),
        visibleMs: median(await answerToVisible(target, load.format, VISIBLE_WRITES)),
      }
    } finally {
      await target.stop()
    }
  })
}

function rowsOf(duel: Duel, { ours, theirs }: { ours: readonly Side[]; theirs: readonly Side[] }): string[][] {
  const load = `${duel.format}, ${duel.payloadBytes} B`
  const ratios = ours.map(({ stored }, round) => stored / (theirs[round]?.stored ?? Number.NaN))
  const cells = (name: string, sides: readonly Side[]) => [
    load,
    name,
    ...(
      [
        'acknowledged',
        'stored',
        'shed',
        'missing',
        'visibleMs',
        'bytesPerObservation',
        'readyMs',
        'idleMegabytes',
      ] as const
    ).map((figureName) => spread(sides.map((side) => side[figureName]))),
  ]
  return [
    [...cells('xtrace', ours), `× ${spread(ratios)}: ${verdict(duel.aim, median(ratios))}`],
    [...cells(duel.peer, theirs), '–'],
  ]
}
