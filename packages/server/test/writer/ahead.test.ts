/** The next flush is made ready while the store takes the present one: it goes on from what is on its way. */
import { expect, test } from 'vitest'
import { traceId } from '#domain/ids.ts'
import { createMemoryLog } from '#eventlog/memory-log.ts'
import { createFakeEngine } from '../fakes/engine.ts'
import { observation, removalOf, span, startBench } from './bench.ts'

const PATIENCE = { timeout: 20_000 }
const MIB = 1024 * 1024
/** So large that what follows it goes into another flush, and what goes before it too. */
const LARGE = 'x'.repeat(7.5 * MIB)
/** Enough for the writer to work ahead. */
const ENOUGH = 'y'.repeat(4.2 * MIB)

/** A writer whose inserts wait for `letIn`, and the models that were asked for. */
async function open() {
  const engine = createFakeEngine()
  const asked: string[] = []
  const waiting: (() => void)[] = []
  let isOpen = false
  const insert = engine.insert
  engine.insert = async (table, rows, token) => {
    if (!isOpen) await new Promise<void>((resume) => waiting.push(resume))
    await insert(table, rows, token)
  }
  const find = async (_project: string, name: string) => {
    asked.push(name)
    return undefined
  }
  const bench = await startBench({ engine, log: createMemoryLog(), models: { find, byId: async () => undefined } })
  return {
    engine,
    bench,
    asked,
    /** Resolves once an insert waits. */
    held: () => expect.poll(() => waiting.length, PATIENCE).toBeGreaterThan(0),
    /** Lets the inserts in that wait now. */
    letIn() {
      for (const resume of waiting.splice(0)) resume()
    },
    open() {
      isOpen = true
      for (const resume of waiting.splice(0)) resume()
    },
  }
}

const first = span('o', { model: 'first', input: LARGE })
const second = observation('o', { at: first.at + 1, isUpdate: true, model: 'second', output: ENOUGH })
const newest = (rows: readonly Record<string, unknown>[], id: string) => rows.findLast((row) => row['id'] === id)

test('a change of what is on its way is folded onto it', async () => {
  const { engine, bench, asked, held, letIn, open: openStore } = await open()
  await bench.append(span('start'))
  await held()
  await bench.append(first)
  await bench.append(second)
  letIn()
  await expect.poll(() => asked, PATIENCE).toContain('second')
  expect(newest(engine.rowsOf('observations'), 'o')).toBeUndefined()
  openStore()
  expect(await bench.caughtUp()).toBe(0)
  expect(newest(engine.rowsOf('observations'), 'o')).toMatchObject({ model: 'second', input: LARGE, output: ENOUGH })
  await bench.stop()
})

test('when the store refuses what was on its way, what was made ready is made anew', async () => {
  const { engine, bench, asked, held, letIn, open: openStore } = await open()
  engine.refuses = (row) => row['model'] === 'first'
  await bench.append(span('start'))
  await held()
  await bench.append(first)
  await bench.append(second)
  letIn()
  await expect.poll(() => asked, PATIENCE).toContain('second')
  openStore()
  expect(await bench.caughtUp()).toBe(0)
  expect(newest(engine.rowsOf('observations'), 'o')).toMatchObject({ model: 'second', input: '', output: ENOUGH })
  expect(await bench.deadLetters()).toMatchObject([{ stage: 'store', change: { model: 'first' } }])
  await bench.stop()
})

test('the removal of a trace looks for what goes with it only once that has arrived', async () => {
  const { engine, bench, held, letIn, open: openStore } = await open()
  engine.answers = ({ parts }) =>
    /FROM observations[\s\S]*trace_id =/.test(parts.join(''))
      ? engine.rowsOf('observations').filter((row) => row['trace_id'] === 't')
      : []
  await bench.append(span('start', { traceId: traceId('elsewhere') }))
  await held()
  await bench.append(first)
  await bench.append(span('other', { input: ENOUGH }), removalOf('trace', 't'))
  letIn()
  await held()
  openStore()
  expect(await bench.caughtUp()).toBe(0)
  expect(newest(engine.rowsOf('observations'), 'o')).toMatchObject({ is_deleted: 1 })
  await bench.stop()
})
