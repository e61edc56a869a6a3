/** What can be seen only from outside of the process that holds the engine: zones, locks, crashes, a clean end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const PROGRAM = resolve(import.meta.dirname, 'chdb-child.ts')

let path: string
let children: ChildProcess[]
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'xtrace-store-'))
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(path, { recursive: true, force: true })
})

interface Child {
  readonly process: ChildProcess
  /** The next line it prints. */
  line(): Promise<string>
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<unknown>
}

/** Runs one command of chdb-child.ts on the folder of the test. */
function run(command: string, env: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, command, path], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal)
  const lines = child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })
  let rest = ''
  const line = async (): Promise<string> => {
    const end = rest.indexOf('\n')
    if (end >= 0) {
      const text = rest.slice(0, end)
      rest = rest.slice(end + 1)
      return text
    }
    const { value, done } = await lines.next()
    if (done) return rest
    rest += value
    return line()
  }
  return { process: child, line, ended }
}

test('ends by itself once the engine is closed, also while a query still runs', async () => {
  const child = run('abandon-query')
  expect(await child.line()).toBe('closed')
  expect(await child.ended).toBe(0)
})

test.each(['America/New_York', 'Asia/Kolkata'])('instants are UTC when the host is in %s', async (zone) => {
  const child = run('instants', { TZ: zone })
  expect(JSON.parse(await child.line())).toEqual({
    written: '2026-07-01 23:30:00.000000001',
    day: '2026-07-01',
    hour: '2026-07-01 23:00:00',
    text: '2026-07-01 23:30:00',
  })
  expect(await child.ended).toBe(0)
})

test('a second process is refused and told which one holds the folder', async () => {
  const holder = run('hold')
  expect(await holder.line()).toBe('open')
  const second = run('hold')
  expect(await second.line()).toBe(
    `unavailable: The store in ${path} can't be opened: process ${holder.process.pid} holds it; stop that one, or give this one another data folder`,
  )
  expect(await second.ended).toBe(1)
})

test('what was inserted survives kill -9', async () => {
  const writer = run('insert-forever')
  for (let inserted = 0; inserted < 5; inserted++) expect(await writer.line()).toBe(`inserted ${inserted}`)
  writer.process.kill('SIGKILL')
  expect(await writer.ended).toBe('SIGKILL')
  const reader = run('count')
  expect(Number(await reader.line())).toBeGreaterThanOrEqual(5)
  expect(await reader.ended).toBe(0)
})
