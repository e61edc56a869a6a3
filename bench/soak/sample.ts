/** What a server under load looks like at one instant. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bytesOnDisk } from '../lib/folders.ts'
import type { Xtrace } from '../targets/xtrace.ts'
import type { ReadTimes } from './readers.ts'

const run = promisify(execFile)

export interface Sample {
  /** Since the traffic began. */
  readonly seconds: number
  readonly residentBytes: number
  readonly heapBytes: number
  /** What the heap has, garbage included. */
  readonly heapTotalBytes: number
  /** Buffers outside of the heap. */
  readonly bufferBytes: number
  /** What the store counts as its own, its caches included. */
  readonly engineBytes: number
  /** The longest that the event loop was held up since the last sample. */
  readonly loopMs: number
  /** Processor time of the server so far. */
  readonly cpuSeconds: number
  /** Observations acknowledged so far, updates included. */
  readonly acknowledged: number
  /** Acknowledged and not stored, in records of the mean size. */
  readonly lag: number
  /** Parts in use. */
  readonly parts: number
  /** Rows of all tables, replaced ones included. */
  readonly rows: number
  readonly logBytes: number
  /** The whole store, with parts that were replaced and are about to go. */
  readonly storeBytes: number
  readonly files: number
  readonly reads: ReadTimes
}

export async function takeSample(
  server: Xtrace,
  { dataDir, seconds, reads }: { dataDir: string; seconds: number; reads: ReadTimes },
): Promise<Sample> {
  const [usage, text, logBytes, storeBytes, files] = await Promise.all([
    server.usage(),
    server.figures(),
    bytesOnDisk(join(dataDir, 'log')),
    bytesOnDisk(join(dataDir, 'store')),
    filesIn(dataDir),
  ])
  const changes = sumOf(text, 'xtrace_ingest_accepted_total')
  const changeBytes = sumOf(text, 'xtrace_eventlog_appended_bytes_total') / Math.max(1, changes)
  return {
    seconds,
    residentBytes: usage.residentBytes,
    cpuSeconds: usage.cpuSeconds,
    heapBytes: sumOf(text, 'nodejs_heap_size_used_bytes'),
    heapTotalBytes: sumOf(text, 'nodejs_heap_size_total_bytes'),
    bufferBytes: sumOf(text, 'nodejs_external_memory_bytes'),
    engineBytes: sumOf(text, 'xtrace_engine_memory_bytes'),
    loopMs: Math.max(0, sumOf(text, 'nodejs_eventloop_lag_max_seconds') * 1000 - LOOP_LOOK_MS),
    acknowledged: sumOf(text, 'xtrace_ingest_accepted_total', 'kind="observation"'),
    lag: sumOf(text, 'xtrace_writer_lag_bytes') / Math.max(1, changeBytes),
    parts: sumOf(text, 'xtrace_engine_parts'),
    rows: sumOf(text, 'xtrace_engine_rows'),
    logBytes,
    storeBytes,
    files,
    reads,
  }
}

/** What the server adds to every lag (docs/operations.md). */
const LOOP_LOOK_MS = 50

/** Of all series of a name, or of those whose labels contain a text. */
function sumOf(text: string, name: string, label = ''): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
  return lines
    .filter((line) => line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}

/** Files and folders; those that vanish meanwhile are no failure. */
async function filesIn(path: string): Promise<number> {
  const { stdout } = await run('du', ['-s', '--inodes', path]).catch((error) => ({ stdout: String(error.stdout) }))
  return Number(stdout.split('\t')[0])
}
