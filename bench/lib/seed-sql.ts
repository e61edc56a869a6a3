/**
 * Statements that fill a store with rows as months of use would have left them, made by the engine itself from
 * the number of the row. Columns are named, so that new ones with a default do no harm. Text values below hold
 * no quotes: they are all ours.
 */
export interface SeedOptions {
  readonly observations: number
  /** Characters of input and output of one observation, together. */
  readonly payloadBytes: number
  readonly observationsPerDay: number
  /** Seconds since the epoch; the newest trace starts here. */
  readonly newest: number
}

export const OBSERVATIONS_PER_TRACE = 8
export const SEEDED_USERS = 2000
const PROJECT = `'default'`
/** Gauges of 60 series, one point every 5 s. */
const METRIC_SERIES = 60
const METRIC_INTERVAL_SECONDS = 5

/** A pseudo-random number of the row, independent for each salt. */
const dice = (of: string, salt: string, sides: number | string) => `cityHash64(${of}, '${salt}') % (${sides})`
const choice = (of: string, salt: string, words: readonly string[]) =>
  `['${words.join("','")}'][1 + ${dice(of, salt, words.length)}]`
/** Small numbers far more often than great ones. */
const skewed = (of: string, salt: string, sides: number) =>
  `toUInt32(pow(${dice(of, salt, 1_000_000)} / 1000000, 3) * ${sides})`
const passage = (of: string, salt: string, length: number | string) =>
  `substring(corpus, 1 + ${dice(of, salt, `length(corpus) - ${length}`)}, ${length})`

const NAMES = ['answer-question', 'summarise', 'plan-trip', 'review-code', 'extract-invoice', 'route-ticket', 'chat']
const MODELS = ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4', 'gemini-2.5-flash', 'qwen3-32b']
const STEPS = [
  ['SPAN', 'agent-run'],
  ['AGENT', 'planner'],
  ['GENERATION', 'plan'],
  ['RETRIEVER', 'search-docs'],
  ['GENERATION', 'draft'],
  ['TOOL', 'lookup-order'],
  ['GENERATION', 'answer'],
  ['EVALUATOR', 'check'],
] as const

const traceIdOf = (trace: string) => `lower(hex(MD5(concat('trace-', toString(${trace})))))`
const userOf = (trace: string) => `concat('user-', toString(${skewed(trace, 'user', SEEDED_USERS)}))`
const sessionOf = (trace: string) =>
  `if(${dice(trace, 'alone', 4)} = 0, '', concat('session-', toString(intDiv(${trace}, 4))))`

/** Rows `from` to `to` of a table as one statement each; `corpus` is text without quotes. */
export function seedTraces(options: SeedOptions, [from, to]: readonly [number, number], corpus: string): string {
  return insert(
    { table: 'traces', corpus, from: `numbers(${from}, ${to - from})` },
    {
      project_id: PROJECT,
      id: traceIdOf('number'),
      timestamp: timeOf(options, 'number'),
      name: choice('number', 'name', NAMES),
      user_id: userOf('number'),
      session_id: sessionOf('number'),
      release: `concat('r', toString(${dice('number', 'release', 20)}))`,
      version: `concat('v', toString(${dice('number', 'version', 10)}))`,
      environment: choice('number', 'environment', ['production', 'production', 'production', 'staging']),
      tags: `arrayFilter(tag -> cityHash64(number, tag) % 4 = 0, ['beta', 'eu', 'web', 'mobile', 'batch'])`,
      input: `concat('{"question":"', ${passage('number', 'in', 200)}, '"}')`,
      output: `concat('{"answer":"', ${passage('number', 'out', 300)}, '"}')`,
      metadata: `concat('{"tenant":"t', toString(${dice('number', 'tenant', 50)}), '","turn_id":"', toString(number), '"}')`,
      api_key: `'pk-bench'`,
      sdk_name: `'python'`,
      sdk_version: `'4.0.0'`,
      via: `'otel'`,
      created_at: timeOf(options, 'number'),
      updated_at: timeOf(options, 'number'),
      row_version: '1',
    },
  )
}

export function seedObservations(options: SeedOptions, [from, to]: readonly [number, number], corpus: string): string {
  const start = `(${timeOf(options, 'trace')} + toIntervalMillisecond(step * 150))`
  const isGeneration = `type = 'GENERATION'`
  const half = Math.max(8, Math.round(options.payloadBytes / 2) - 40)
  const stepWord = (index: 0 | 1) => `['${STEPS.map((step) => step[index]).join("','")}'][1 + step]`
  return insert(
    { table: 'observations', corpus, from: `numbers(${from}, ${to - from})` },
    {
      project_id: PROJECT,
      id: `lower(substring(hex(MD5(concat('observation-', toString(number)))), 1, 16))`,
      trace_id: traceIdOf('trace'),
      type: stepWord(0),
      parent_observation_id: `if(step = 0, '', lower(substring(hex(MD5(concat('observation-', toString(number - if(step = 1, 1, step - 1))))), 1, 16)))`,
      name: stepWord(1),
      start_time: start,
      end_time: `${start} + toIntervalMillisecond(80 + ${dice('number', 'latency', 4000)})`,
      completion_start_time: `if(${isGeneration}, ${start} + toIntervalMillisecond(60), NULL)`,
      environment: choice('trace', 'environment', ['production', 'production', 'production', 'staging']),
      level: `if(${dice('number', 'level', 100)} = 0, 'ERROR', 'DEFAULT')`,
      status_message: `if(level = 'ERROR', 'the tool did not answer', '')`,
      model: `if(${isGeneration}, ${choice('number', 'model', MODELS)}, '')`,
      model_parameters: `if(${isGeneration}, '{"temperature":0.2,"max_tokens":1024}', '')`,
      input: `concat('[{"role":"user","content":"', ${passage('number', 'in', half)}, '"}]')`,
      output: `concat('{"role":"assistant","content":"', ${passage('number', 'out', half)}, '"}')`,
      metadata: `concat('{"step_id":"', toString(number), '","attempt_index":"1"}')`,
      usage: `if(${isGeneration}, map('input', toUInt64(prompt), 'output', toUInt64(answer), 'total', toUInt64(prompt + answer)), map())`,
      cost: `if(${isGeneration}, map('input', prompt * 2.5e-6, 'output', answer * 1e-5, 'total', prompt * 2.5e-6 + answer * 1e-5), map())`,
      total_cost: `if(${isGeneration}, prompt * 2.5e-6 + answer * 1e-5, NULL)`,
      user_id: userOf('trace'),
      session_id: sessionOf('trace'),
      trace_name: choice('trace', 'name', NAMES),
      is_app_root: 'step = 0',
      api_key: `'pk-bench'`,
      sdk_name: `'python'`,
      sdk_version: `'4.0.0'`,
      via: `'otel'`,
      created_at: start,
      updated_at: start,
      row_version: '1',
    },
  )
}

/** A score for every tenth trace. */
export function seedScores(options: SeedOptions, [from, to]: readonly [number, number]): string {
  return insert(
    { table: 'scores', from: `numbers(${from}, ${to - from})` },
    {
      project_id: PROJECT,
      id: `concat('score-', toString(number))`,
      timestamp: timeOf(options, 'number * 10'),
      trace_id: traceIdOf('number * 10'),
      name: choice('number', 'name', ['helpfulness', 'toxicity', 'accuracy']),
      data_type: `'NUMERIC'`,
      value: `${dice('number', 'value', 100)} / 100`,
      source: `'API'`,
      environment: `'production'`,
      via: `'api'`,
      created_at: timeOf(options, 'number * 10'),
      updated_at: timeOf(options, 'number * 10'),
      row_version: '1',
    },
  )
}

/** A gauge of 60 series over the last day: series and points. */
export function seedMetrics(options: SeedOptions): string[] {
  const points = (86_400 / METRIC_INTERVAL_SECONDS) * METRIC_SERIES
  const series = `number % ${METRIC_SERIES}`
  const common = { project_id: PROJECT, name: `'gpu_utilization'`, series_id: `cityHash64('series', ${series})` }
  const labels = `map('node_id', concat('node-', toString(intDiv(${series}, 8))), 'gpu_index', toString(${series} % 8))`
  return [
    insert({ table: 'metric_series', from: `numbers(${METRIC_SERIES})` }, { ...common, labels }),
    insert(
      { table: 'metric_points', from: `numbers(${points})` },
      {
        ...common,
        timestamp: `toDateTime64(${options.newest}, 9, 'UTC') - toIntervalSecond(intDiv(number, ${METRIC_SERIES}) * ${METRIC_INTERVAL_SECONDS})`,
        value: `${dice('number', 'value', 1000)} / 10`,
        point_id: 'cityHash64(number)',
      },
    ),
  ]
}

/** Traces are spread evenly over the days, each up to a minute off its place. */
function timeOf({ observations, observationsPerDay, newest }: SeedOptions, trace: string): string {
  const traces = Math.ceil(observations / OBSERVATIONS_PER_TRACE)
  const stepNs = Math.round((86_400e9 * OBSERVATIONS_PER_TRACE) / observationsPerDay)
  const jitter = dice(trace, 'jitter', 60_000_000_000)
  return `fromUnixTimestamp64Nano(toInt64(${newest}000000000) - toInt64(${traces - 1} - (${trace})) * ${stepNs} - toInt64(${jitter}), 'UTC')`
}

interface Filling {
  readonly table: string
  readonly from: string
  /** Text of which passages are taken. */
  readonly corpus?: string
}

function insert({ table, from, corpus = '' }: Filling, columns: Readonly<Record<string, string>>): string {
  const aliases = [
    `'${corpus}' AS corpus`,
    `intDiv(number, ${OBSERVATIONS_PER_TRACE}) AS trace`,
    `number % ${OBSERVATIONS_PER_TRACE} AS step`,
    `50 + ${dice('number', 'prompt', 4000)} AS prompt`,
    `10 + ${dice('number', 'answer', 800)} AS answer`,
  ]
  const values = Object.entries(columns).map(([name, value]) => `${value} AS ${name}`)
  return `INSERT INTO ${table} (${Object.keys(columns).join(', ')}) WITH ${aliases.join(', ')} SELECT ${values.join(', ')} FROM ${from}`
}
