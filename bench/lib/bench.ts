import type { Options } from './options.ts'
import type { Table } from './report.ts'

/** One bench: a file of this folder's parent, a row in run.ts. */
export interface Bench {
  readonly name: string
  /** What it measures, half a sentence. */
  readonly measures: string
  /** Takes so long that `all` leaves it out. */
  readonly isLong?: true
  run(options: Options): Promise<readonly Table[]>
}

/** Says what is under way; the tables go to standard output, this does not. */
export function progress(text: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`)
}
