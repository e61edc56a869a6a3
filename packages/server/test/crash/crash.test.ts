/** Kills the program at random instants: what was acknowledged is there afterwards, whole, and once. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { sql } from '#store/sql.ts'
import { openAll } from './program.ts'

const ROUNDS = 8
const PROGRAM = fileURLToPath(new URL('program.ts', import.meta.url))

/** Starts the program, lets it work for a moment, kills it; gives what it acknowledged. */
async function runAndKill(dir: string, round: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, dir, String(round)], {
    cwd: dirname(PROGRAM),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = acknowledgements(child)
  await once(child.stdout, 'data')
  await setTimeout(Math.random() * 500)
  child.kill('SIGKILL')
  await once(child, 'close')
  return lines()
}

/** The whole lines so far; half a line was not acknowledged. */
function acknowledgements({ stdout }: ChildProcess): () => string[] {
  let text = ''
  stdout?.on('data', (chunk) => {
    text += chunk
  })
  return () =>
    text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean)
}

test('nothing acknowledged is lost or doubled', { timeout: 120_000 }, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'xtrace-crash-'))
  const acknowledged: string[] = []
  for (let round = 0; round < ROUNDS; round++) acknowledged.push(...(await runAndKill(dir, round)))
  expect(acknowledged.length).toBeGreaterThan(ROUNDS)

  const { engine, log, barrier, writer } = await openAll(dir)
  expect(await barrier.caughtUp(60_000)).toBe(0)
  const rows = await engine.query(sql`SELECT id, input, output FROM observations FINAL`)
  const points = await engine.query(sql`SELECT value FROM metric_points FINAL`)
  const [shared] = await engine.query(sql`SELECT tags FROM traces FINAL`)
  await writer.stop()
  await log.close()
  await engine.close()

  const ids = rows.map((row) => row['id'])
  expect(new Set(ids).size).toBe(ids.length)
  const values = points.map((row) => Number(row['value']))
  expect(new Set(values).size).toBe(values.length)
  expect(
    missing(
      acknowledged.map((name) => `span-${name}`),
      ids,
    ),
  ).toEqual([])
  expect(missing(acknowledged.map(pointOf), values)).toEqual([])
  expect(missing(acknowledged, shared?.['tags'])).toEqual([])
  const calls = new Map(rows.map((row) => [row['id'], [row['input'], row['output']]]))
  expect(acknowledged.filter((name) => calls.get(`call-${name}`)?.join() !== `${name},${name}`)).toEqual([])
  await expect(readdir(join(dir, 'dead'))).rejects.toThrow('ENOENT')
  await rm(dir, { recursive: true })
})

const pointOf = (name: string) => {
  const [round, number] = name.split('-')
  return Number(round) * 1_000_000 + Number(number)
}

function missing(wanted: readonly unknown[], found: unknown): unknown[] {
  const there = new Set(Array.isArray(found) ? found : [])
  return wanted.filter((one) => !there.has(one))
}
