/** The rows of seed-sql.ts for the tables of the Rust xtrace, made by PostgreSQL: same ids, times, sizes, spread. */
import { OBSERVATIONS_PER_TRACE, SEEDED_USERS, type SeedOptions } from './seed-sql.ts'

/** Passages that rows are made of; PostgreSQL packs each row by itself, so that none profits from another's. */
const PASSAGES = 4096
const MIN_PASSAGE = 300

/** Statements in order; `corpus` is text without quotes, longer than a passage. Dice are hashes of the row's number, as there. */
export function rustSeedStatements(options: SeedOptions, corpus: string): string {
  const { observations, observationsPerDay, newest, payloadBytes } = options
  const traces = Math.ceil(observations / OBSERVATIONS_PER_TRACE)
  const stepSeconds = (86_400 * OBSERVATIONS_PER_TRACE) / observationsPerDay
  const half = Math.max(8, Math.round(payloadBytes / 2) - 40)
  const dice = (of: string, salt: string, sides: number | string) => `(abs(hashtext('${salt}' || ${of})) % ${sides})`
  const length = Math.max(half, MIN_PASSAGE)
  const passages = Array.from({ length: PASSAGES }, (_, id) => {
    const start = Math.floor((id * (corpus.length - length)) / PASSAGES)
    return `(${id}, '${corpus.slice(start, start + length)}')`
  })
  const fitting = (salt: string) => `JOIN passages AS ${salt}_text ON ${salt}_text.id = ${dice('n', salt, PASSAGES)}`
  const time = (trace: string) =>
    `to_timestamp(${newest} - (${traces - 1} - ${trace}) * ${stepSeconds} - ${dice(trace, 'jitter', 60_000)} / 1000.0)`
  const skewed = (of: string) => `floor(power(${dice(of, 'user', 1_000_000)} / 1000000.0, 3) * ${SEEDED_USERS})::int`
  const word = (of: string, salt: string, words: readonly string[]) =>
    `(ARRAY['${words.join("','")}'])[1 + ${dice(of, salt, words.length)}]`
  return `
CREATE TEMP TABLE passages (id integer PRIMARY KEY, text text NOT NULL);
INSERT INTO passages VALUES ${passages.join(',')};
ANALYZE passages;
INSERT INTO traces (id, project_id, timestamp, name, input, output, session_id, release, version, user_id, metadata, tags, environment, latency, total_cost)
SELECT md5('trace-' || n)::uuid, 'default', ${time('n')},
  ${word('n', 'name', ['answer-question', 'summarise', 'plan-trip', 'review-code', 'extract-invoice', 'route-ticket', 'chat'])},
  jsonb_build_object('question', left(in_text.text, 200)), jsonb_build_object('answer', left(out_text.text, 300)),
  CASE WHEN ${dice('n', 'alone', 4)} = 0 THEN NULL ELSE 'session-' || (n / 4) END,
  'r' || ${dice('n', 'release', 20)}, 'v' || ${dice('n', 'version', 10)}, 'user-' || ${skewed('n')},
  jsonb_build_object('tenant', 't' || ${dice('n', 'tenant', 50)}, 'turn_id', n::text),
  CASE WHEN ${dice('n', 'tag', 4)} = 0 THEN ARRAY['beta'] ELSE ARRAY['web'] END,
  ${word('n', 'environment', ['production', 'production', 'production', 'staging'])}, 1.5, 0.01
FROM generate_series(0, ${traces - 1}) AS n ${fitting('in')} ${fitting('out')};
INSERT INTO observations (id, trace_id, project_id, type, name, start_time, end_time, model, input, output, prompt_tokens, completion_tokens, total_tokens, calculated_total_cost, metadata)
SELECT md5('observation-' || n)::uuid, md5('trace-' || (n / ${OBSERVATIONS_PER_TRACE}))::uuid, 'default',
  CASE WHEN n % 2 = 1 THEN 'GENERATION' ELSE 'SPAN' END, 'step-' || (n % ${OBSERVATIONS_PER_TRACE}),
  ${time(`(n / ${OBSERVATIONS_PER_TRACE})`)}, ${time(`(n / ${OBSERVATIONS_PER_TRACE})`)} + interval '1 second',
  CASE WHEN n % 2 = 1 THEN ${word('n', 'model', ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4', 'gemini-2.5-flash', 'qwen3-32b'])} END,
  jsonb_build_array(jsonb_build_object('role', 'user', 'content', left(in_text.text, ${half}))),
  jsonb_build_object('role', 'assistant', 'content', left(out_text.text, ${half})),
  50 + ${dice('n', 'prompt', 4000)}, 10 + ${dice('n', 'answer', 800)}, 500, 0.002, jsonb_build_object('step_id', n::text)
FROM generate_series(0, ${observations - 1}) AS n ${fitting('in')} ${fitting('out')};
VACUUM ANALYZE;
`
}
