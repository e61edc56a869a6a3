/** What a run is to do: the command line, over the figures of a quick or a full one. */
import { parseArgs } from 'node:util'
import { FORMATS, type Format } from '../load/bodies.ts'

export interface Options {
  readonly benches: readonly string[]
  readonly isSaved: boolean
  /** Whether the program is built first. */
  readonly isBuilt: boolean
  readonly rounds: number
  /** Of load in a round. */
  readonly seconds: number
  readonly clients: readonly number[]
  readonly formats: readonly Format[]
  /** Characters of input and output of an observation. */
  readonly payloads: readonly number[]
  readonly tracesPerRequest: number
  /** Sizes of the stores that questions are put to. */
  readonly observations: readonly number[]
  readonly observationsPerDay: number
  readonly seedPayload: number
  /** Where seeded stores are kept from one run to the next; made and removed when absent. */
  readonly seeds: string | undefined
  /** Times that a question is put warm. */
  readonly asks: number
  /** Observations a second that come in while questions are put. */
  readonly backgroundRate: number
  /** Writes that are followed by a read. */
  readonly probes: number
  /** That the live list of `ui` is watched. */
  readonly liveSeconds: number
  /** That `soak` lasts. */
  readonly minutes: number
  /** Observations a second of `soak`; half of the peak, which it finds first, when absent. */
  readonly rate: number | undefined
}

const OPTIONS = {
  save: { type: 'boolean' },
  quick: { type: 'boolean' },
  full: { type: 'boolean' },
  'no-build': { type: 'boolean' },
  help: { type: 'boolean' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  clients: { type: 'string' },
  formats: { type: 'string' },
  payloads: { type: 'string' },
  traces: { type: 'string' },
  observations: { type: 'string' },
  'per-day': { type: 'string' },
  'seed-payload': { type: 'string' },
  seeds: { type: 'string' },
  asks: { type: 'string' },
  background: { type: 'string' },
  probes: { type: 'string' },
  live: { type: 'string' },
  minutes: { type: 'string' },
  rate: { type: 'string' },
} as const

export const USAGE = `npm run bench -- <bench…|all> [options]

  --quick | --full        fewer rounds and one size, or all of them (quick when neither is given)
  --save                  put the tables into bench/RESULTS.md
  --no-build              take the program as it was built last
  --rounds N --seconds N  rounds, and seconds of load in each
  --clients 1,8,64 --formats legacy,otlp-protobuf,otlp-json,native,metrics --payloads 1024,12288
  --traces N              traces of 8 observations in a request
  --observations 1e6,1e7  sizes of the stores of \`query\`; --per-day 33333 sets how many months they span
  --seed-payload N        characters of an observation in them
  --seeds FOLDER          keep the seeded stores there, and take those that are there
  --asks N --probes N     times that a question is put, and writes that are read back
  --live N                seconds that the live list of \`ui\` is watched
  --background N          observations a second that come in while questions are put
  --minutes N --rate N    of \`soak\`, which \`all\` leaves out: how long, and observations a second instead of
                          half of the peak

XTRACE_BENCH_PROGRAM names another build's bin/xtrace.js to measure. Peers are measured where these name them: XTRACE_BENCH_RUST (a built checkout of the Rust xtrace; PostgreSQL's
programs on the PATH or in XTRACE_BENCH_POSTGRES_BIN), XTRACE_BENCH_PHOENIX_PYTHON (the python of an environment
with arize-phoenix).`

const QUICK = {
  rounds: 2,
  seconds: 4,
  clients: '8',
  formats: 'legacy,otlp-protobuf,otlp-json,native,metrics',
  payloads: '1024,12288',
  observations: '1e6',
  asks: 15,
  probes: 60,
  live: 60,
}

const FULL: typeof QUICK = {
  ...QUICK,
  rounds: 5,
  seconds: 8,
  clients: '1,8,64',
  observations: '1e6,1e7',
  asks: 50,
  probes: 300,
  live: 300,
}

/** @throws Error with a sentence for what it does not know; undefined where help is asked for */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  if (values.help) return undefined
  const preset = values.full ? FULL : QUICK
  return {
    benches: positionals,
    isSaved: values.save === true,
    isBuilt: values['no-build'] !== true,
    rounds: number('rounds', values.rounds ?? preset.rounds),
    seconds: number('seconds', values.seconds ?? preset.seconds),
    clients: numbers('clients', values.clients ?? preset.clients),
    formats: formats(values.formats ?? preset.formats),
    payloads: numbers('payloads', values.payloads ?? preset.payloads),
    tracesPerRequest: number('traces', values.traces ?? 8),
    observations: numbers('observations', values.observations ?? preset.observations),
    observationsPerDay: number('per-day', values['per-day'] ?? 33_333),
    seedPayload: number('seed-payload', values['seed-payload'] ?? 1024),
    seeds: values.seeds,
    asks: number('asks', values.asks ?? preset.asks),
    backgroundRate: number('background', values.background ?? 2000),
    probes: number('probes', values.probes ?? preset.probes),
    liveSeconds: number('live', values.live ?? preset.live),
    ...soakOptions(values),
  }
}

function number(name: string, value: string | number): number {
  const parsed = Number(value)
  if (!(parsed > 0)) throw new Error(`--${name} wants a number above 0, not ${value}`)
  return parsed
}

function soakOptions({ minutes = '60', rate }: { readonly minutes?: string; readonly rate?: string }) {
  return { minutes: number('minutes', minutes), rate: rate === undefined ? undefined : number('rate', rate) }
}

const numbers = (name: string, list: string) => list.split(',').map((text) => number(name, text))

function formats(list: string): Format[] {
  return list.split(',').map((text) => {
    const format = FORMATS.find((known) => known === text)
    if (!format) throw new Error(`--formats knows ${FORMATS.join(', ')}; not ${text}`)
    return format
  })
}
