import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type AimName, verdict } from './budgets.ts'
import { type Bench, progress } from './lib/bench.ts'
import { bytesOnDisk, inNewFolder } from './lib/folders.ts'
import { measureIngest } from './lib/measure-ingest.ts'
import type { Options } from './lib/options.ts'
import type { Table } from './lib/report.ts'
import { median, spread } from './lib/statistics.ts'
import { storedBytes } from './lib/stored-bytes.ts'
import { startXtrace } from './targets/xtrace.ts'

const ROOT = resolve(import.meta.dirname, '..')
const IDLE_SETTLE_MS = 5000
const MEGABYTE = 2 ** 20

interface Footprint {
  readonly firstReadyMs: number
  readonly secondReadyMs: number
  readonly idleMegabytes: number
  readonly idleCpuPercent: number
  readonly peakMegabytes: number
  readonly bytesPerObservation: ReadonlyMap<number, number>
}

export const footprintBench: Bench = {
  name: 'footprint',
  measures: 'start to ready, idle CPU and memory, peak memory, bytes on disk, install size',
  async run(options) {
    const rounds: Footprint[] = []
    for (let round = 0; round < options.rounds; round++) rounds.push(await measure(options))
    return [await tableOf(rounds, options)]
  },
}

async function measure(options: Options): Promise<Footprint> {
  const bytesPerObservation = new Map<number, number>()
  let peakMegabytes = 0
  for (const payloadBytes of options.payloads) {
    const loaded = await inNewFolder((dataDir) => loadedServer(dataDir, payloadBytes, options))
    bytesPerObservation.set(payloadBytes, loaded.bytesPerObservation)
    peakMegabytes = Math.max(peakMegabytes, loaded.peakMegabytes)
    progress(`footprint ${payloadBytes} B: peak ${loaded.peakMegabytes.toFixed(0)} MB`)
  }
  return { ...(await inNewFolder((dataDir) => idleServer(dataDir, options))), peakMegabytes, bytesPerObservation }
}

async function idleServer(dataDir: string, { seconds }: Options) {
  const first = await startXtrace({ dataDir })
  await first.stop()
  const second = await startXtrace({ dataDir })
  await pause(IDLE_SETTLE_MS)
  const before = await second.usage()
  await pause(seconds * 2000)
  const after = await second.usage()
  await second.stop()
  return {
    firstReadyMs: first.readyMs,
    secondReadyMs: second.readyMs,
    idleMegabytes: after.residentBytes / MEGABYTE,
    idleCpuPercent: ((after.cpuSeconds - before.cpuSeconds) / (seconds * 2)) * 100,
  }
}

async function loadedServer(dataDir: string, payloadBytes: number, { seconds, tracesPerRequest }: Options) {
  const server = await startXtrace({ dataDir })
  const load = { format: 'otlp-protobuf', payloadBytes, clients: 8, tracesPerRequest, observationsPerTrace: 8 } as const
  await measureIngest(server, load, { seconds: seconds * 2 })
  const { peakBytes } = await server.usage()
  const observations = await server.countObservations()
  await server.stop()
  return { peakMegabytes: peakBytes / MEGABYTE, bytesPerObservation: (await storedBytes(dataDir)) / observations }
}

async function tableOf(rounds: readonly Footprint[], { payloads }: Options): Promise<Table> {
  const row = (name: string, aim: AimName | undefined, pick: (round: Footprint) => number) => {
    const figures = rounds.map(pick)
    return [name, spread(figures), verdict(aim, median(figures))]
  }
  return {
    title: 'footprint: default settings',
    columns: ['what', 'figure', 'aim'],
    rows: [
      row('start → ready, a new folder, ms', 'footprint.ready', (round) => round.firstReadyMs),
      row('start → ready, the second time, ms', 'footprint.ready', (round) => round.secondReadyMs),
      row('idle resident memory, MB', 'footprint.idleMemory', (round) => round.idleMegabytes),
      row('idle CPU, % of a core', 'footprint.idleCpu', (round) => round.idleCpuPercent),
      row('most resident memory while ingesting at peak, MB', 'footprint.peakMemory', (round) => round.peakMegabytes),
      ...payloads.map((payload) =>
        row(
          `bytes on disk an observation of ${payload} B`,
          undefined,
          (round) => round.bytesPerObservation.get(payload) ?? 0,
        ),
      ),
      ['installed packages and program, MB', ((await installBytes()) / MEGABYTE).toFixed(0), '–'],
    ],
    notes: [
      'Bytes on disk: the parts in use right after the load, traces included, without the log and without what merges have replaced. Peak: OTLP protobuf, 8 clients.',
    ],
  }
}

/** What an installation without development tools takes: packages of the server and what is built. */
async function installBytes(): Promise<number> {
  const list = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable', '--workspace', '@xtrace/server'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const packages = list.split('\n').filter((path) => path.startsWith(resolve(ROOT, 'node_modules')))
  const built = ['packages/server/dist', 'packages/web/dist'].map((path) => resolve(ROOT, path))
  const sizes = await Promise.all([...outermost(packages), ...built].map(bytesOnDisk))
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}

/** Without those that lie inside another, which counts them already. */
function outermost(paths: readonly string[]): string[] {
  const unique = [...new Set(paths)]
  return unique.filter((path) => !unique.some((other) => other !== path && path.startsWith(`${other}/`)))
}
