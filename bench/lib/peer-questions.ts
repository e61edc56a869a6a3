/** The same questions to us and to the Rust xtrace, each over the same seeded history. */
import { startRust } from '../targets/rust.ts'
import type { Target } from '../targets/target.ts'
import { startXtrace } from '../targets/xtrace.ts'
import { askMany } from './ask.ts'
import { progress } from './bench.ts'
import { corpus } from './corpus.ts'
import { factsOf } from './facts.ts'
import { bytesOnDisk, inNewFolder } from './folders.ts'
import type { Options } from './options.ts'
import { type Question, questionsOf } from './questions.ts'
import type { Table } from './report.ts'
import { rustSeedStatements } from './rust-seed-sql.ts'
import { onClone, seeded } from './seeded.ts'
import { figure, percentile } from './statistics.ts'

const ROUNDS = 3
const CORPUS_BYTES = 2 ** 20

/** Those that both can answer. */
const ASKED = /^(traces: (newest 50|of a user|last page)|trace by id|daily metrics|metrics\/query: last)/

interface Rust {
  readonly checkout: string
  readonly postgresBin: string
}

export async function peerQuestions(rust: Rust, options: Options): Promise<Table> {
  const compared =
    options.seeds === undefined
      ? inNewFolder((folder) => compare(rust, options, folder))
      : compare(rust, options, options.seeds)
  return compared
}

async function compare(rust: Rust, options: Options, folder: string): Promise<Table> {
  const [observations = 1e6] = options.observations
  const { seedPayload: payloadBytes, observationsPerDay } = options
  const store = await seeded({ folder, observations, payloadBytes, observationsPerDay })
  return inNewFolder((peerFolder) =>
    onClone(store, async (dataDir) => {
      const theirs = await startRust({ ...rust, folder: peerFolder })
      const ours = await startXtrace({ dataDir })
      try {
        await theirs.postgres.execute(rustSeedStatements(store.options, corpus(CORPUS_BYTES)))
        progress('peers: seeded the Rust xtrace')
        const questions = questionsOf(await factsOf(ours, store.options)).filter(({ name }) => ASKED.test(name))
        const rows = await askInTurns({ ours, theirs, questions, asks: options.asks })
        const bytes = [store.bytesPerObservation, (await bytesOnDisk(peerFolder)) / observations]
        return {
          title: `peers: the same questions, ${observations.toLocaleString('en')} observations`,
          columns: ['question', 'xtrace p50 ms', 'p95', 'Rust xtrace p50 ms', 'p95', 'their p50 ÷ ours'],
          rows,
          notes: [
            `Warm, both running, asked in turns. Bytes on disk an observation: ${bytes.map(figure).join(' and ')}.`,
          ],
        }
      } finally {
        await ours.stop()
        await theirs.stop()
      }
    }),
  )
}

interface Asking {
  readonly ours: Target
  readonly theirs: Target
  readonly questions: readonly Question[]
  readonly asks: number
}

async function askInTurns({ ours, theirs, questions, asks }: Asking): Promise<string[][]> {
  const rows: string[][] = []
  for (const question of questions) {
    const sides: Side[] = [sideOf(ours), sideOf(theirs)]
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of sides) {
        const answered = await askMany(side.target, question, asks / ROUNDS)
        if (typeof answered === 'string') side.refusal = answered
        else side.times.push(...answered)
      }
    }
    const [mine = Number.NaN, other = Number.NaN] = sides.map(({ times }) => percentile(times, 0.5))
    rows.push([question.name, ...sides.flatMap(cellsOf), figure(other / mine)])
  }
  return rows
}

interface Side {
  readonly target: Target
  readonly times: number[]
  refusal: string | undefined
}

const sideOf = (target: Target): Side => ({ target, times: [], refusal: undefined })
const cellsOf = ({ times, refusal }: Side) =>
  refusal === undefined ? [figure(percentile(times, 0.5)), figure(percentile(times, 0.95))] : [refusal, '–']
