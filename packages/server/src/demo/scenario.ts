import type { Random } from './random.ts'

/** A request that a program of the demo sends. */
export type DemoRequest =
  | { readonly to: 'otlp'; readonly body: object; readonly observations: number }
  | { readonly to: 'ingestion'; readonly body: { readonly batch: readonly object[] }; readonly observations: number }
  | { readonly to: 'metrics'; readonly body: object; readonly observations: 0 }

/** What one run of a program is made of. */
export interface DemoRun {
  readonly random: Random
  /** When it begins, milliseconds since the epoch. */
  readonly startMs: number
  readonly user: string
  readonly session: string
  readonly environment: string
  /** The version of the program. */
  readonly version: string
  /** Something goes wrong. */
  readonly fails: boolean
}

/** One run of one program, as the requests that its instrumentation sends. */
export type Scenario = (run: DemoRun) => DemoRequest[]

/** A clock that a scenario moves along. */
export interface Clock {
  readonly now: () => number
  /** Lets so many milliseconds pass; gives the instant before and the one after. */
  pass(ms: number): { readonly startMs: number; readonly endMs: number }
}

export function startClock(startMs: number): Clock {
  let at = startMs
  return {
    now: () => at,
    pass(ms) {
      const before = at
      at += ms
      return { startMs: before, endMs: at }
    },
  }
}
