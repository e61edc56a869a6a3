/** What a store holds, against what was sent and acknowledged. */
import { join } from 'node:path'
import { openChdb } from '#store/chdb.ts'
import type { Engine, Row } from '#store/engine.ts'
import { type Sql, sql, u32 } from '#store/sql.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { keyOf, type Ledger, type Sent } from './clients.ts'

export interface Verdict {
  /** Acknowledged and not there. */
  readonly lost: string[]
  /** There more than once. */
  readonly doubled: string[]
  /** There, and never sent. */
  readonly invented: string[]
  /** There, and not as it was sent. */
  readonly changed: string[]
  readonly checked: number
}

const QUESTIONS: Readonly<Record<Sent['table'], Sql>> = {
  observations: sql`SELECT id, concat(input, '|', output) AS says FROM observations FINAL`,
  traces: sql`SELECT id, input AS says, tags FROM traces FINAL`,
  scores: sql`SELECT id, toString(value) AS says FROM scores FINAL`,
  metric_points: sql`SELECT toString(value) AS id, '' AS says FROM metric_points FINAL`,
}
/** A minute of overload leaves more than one string can hold. */
const PARTS = 16

/** Opens the store of a data folder, whose program has ended, and compares. */
export async function checkStore(dataDir: string, ledger: Ledger): Promise<Verdict> {
  const engine = await openChdb({
    path: join(dataDir, 'store'),
    memoryBytes: 4_000_000_000,
    queryConnections: 1,
    maxQuerySeconds: 60,
    maxQueryMemoryBytes: 2_000_000_000,
    logger: silentLogger,
  })
  try {
    const stored = await readAll(engine)
    return compare(stored, ledger)
  } finally {
    await engine.close()
  }
}

async function readAll(engine: Engine): Promise<Sent[]> {
  const stored: Sent[] = []
  for (const table of ['observations', 'traces', 'scores', 'metric_points'] as const)
    for (let part = 0; part < PARTS; part++) {
      const rows = await engine.query(sql`${QUESTIONS[table]} WHERE cityHash64(id) % ${u32(PARTS)} = ${u32(part)}`)
      stored.push(...rows.flatMap((row) => sentOf(table, row)))
    }
  return stored
}

function sentOf(table: Sent['table'], row: Row): Sent[] {
  const id = String(row['id'])
  const tags: unknown[] = Array.isArray(row['tags']) ? row['tags'] : []
  return table === 'traces' && tags.length > 0
    ? tags.map((tag) => ({ table, id: `${id}#${String(tag)}`, says: '' }))
    : [{ table, id, says: String(row['says']) }]
}

function compare(stored: readonly Sent[], { sent, acknowledged }: Ledger): Verdict {
  const seen = new Map<string, number>()
  const verdict: Verdict = { lost: [], doubled: [], invented: [], changed: [], checked: stored.length }
  for (const record of stored) {
    const key = keyOf(record)
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    const wanted = sent.get(key)
    if (times === 2) verdict.doubled.push(key)
    if (!wanted) {
      if (!isImplied(record)) verdict.invented.push(key)
    } else if (wanted.says !== record.says) verdict.changed.push(key)
  }
  for (const key of acknowledged) if (!seen.has(key)) verdict.lost.push(key)
  return verdict
}

/** The trace that nobody sent, but scores name. */
const isImplied = ({ table, id, says }: Sent) => table === 'traces' && says === '' && id === 'judged'
