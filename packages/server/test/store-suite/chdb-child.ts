/** The process under test of chdb-process.test.ts: `chdb-child.ts <command> <folder>`. */
import { AppError } from '#domain/errors.ts'
import { projectId } from '#domain/ids.ts'
import { openChdb } from '#store/chdb.ts'
import type { Engine } from '#store/engine.ts'
import { migrate } from '#store/migrate.ts'
import { toMetricPointRow } from '#store/rows/metric.ts'
import { instant, sql } from '#store/sql.ts'
import { silentLogger } from '#telemetry/logger.ts'

const INSTANT = BigInt(Date.UTC(2026, 6, 1, 23, 30)) * 1_000_000n + 1n

const insertPoint = (engine: Engine, index: number) =>
  engine.insert(
    'metric_points',
    [toMetricPointRow(projectId('p'), { name: 'n', labels: {}, value: index, timestamp: INSTANT }, String(index))],
    `token-${index}`,
  )

const COMMANDS: Readonly<Record<string, (engine: Engine) => Promise<void>>> = {
  async 'abandon-query'(engine) {
    const signal = AbortSignal.timeout(200)
    const query = engine.query(sql`SELECT count() FROM numbers(1000000000000) WHERE number % 7 = 3`, {
      signal,
      maxSeconds: 2,
    })
    await query.catch(() => {})
    await engine.close()
    console.log('closed')
  },

  async instants(engine) {
    await insertPoint(engine, 0)
    const [row] = await engine.query(
      sql`SELECT timestamp AS written, toDate(timestamp) AS day, toStartOfHour(timestamp) AS hour, formatDateTime(timestamp, '%F %T') AS text FROM metric_points WHERE timestamp = ${instant(INSTANT)}`,
    )
    await engine.close()
    console.log(JSON.stringify(row))
  },

  async hold() {
    console.log('open')
    setInterval(() => {}, 1000)
  },

  async 'insert-forever'(engine) {
    for (let index = 0; ; index++) {
      await insertPoint(engine, index)
      console.log(`inserted ${index}`)
    }
  },

  async count(engine) {
    const [row] = await engine.query(sql`SELECT count() AS n FROM metric_points FINAL`)
    await engine.close()
    console.log(row?.['n'])
  },
}

async function main([command = '', path = '']: readonly string[]): Promise<void> {
  const engine = await openChdb({
    path,
    memoryBytes: 1_000_000_000,
    queryConnections: 1,
    maxQuerySeconds: 10,
    maxQueryMemoryBytes: 500_000_000,
    logger: silentLogger,
  })
  await migrate(engine)
  await COMMANDS[command]?.(engine)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.log(error instanceof AppError ? `${error.code}: ${error.message}` : error)
  process.exitCode = 1
})
