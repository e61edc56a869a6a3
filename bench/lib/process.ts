/** Programs under test: started, watched through /proc, ended. Linux only, like the figures. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface ProgramOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Asked again and again until it says so. */
  readonly isReady: () => Promise<boolean>
  readonly readyWithinMs?: number
  /** Runs the program as another user of the system. */
  readonly user?: { readonly uid: number; readonly gid: number }
}

export interface Usage {
  /** Resident memory of the process alone. */
  readonly residentBytes: number
  /** Resident memory of the process and its children; what several processes share counts in parts. */
  readonly familyBytes: number
  /** The most that the process alone ever had resident. */
  readonly peakBytes: number
  /** Processor time so far, of the process alone. */
  readonly cpuSeconds: number
}

export interface Program {
  readonly pid: number
  /** From the start of the process to the first good answer. */
  readonly readyMs: number
  usage(): Promise<Usage>
  /** SIGTERM, and SIGKILL after a minute. */
  stop(): Promise<void>
}

const READY_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 60_000
const POLL_MS = 10

/** It ends with us at the latest. @throws Error with what the program said when it ends or never gets ready */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const begun = performance.now()
  const child = spawn(options.command, options.args, {
    env: { PATH: process.env['PATH'], ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...options.user,
  })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  const said = lastWords(child)
  try {
    await untilReady(options, child)
  } catch (error) {
    await stop(child)
    throw new Error(`${options.command}: ${String(error)}\n${said()}`)
  }
  const readyMs = performance.now() - begun
  const pid = child.pid ?? 0
  return { pid, readyMs, usage: () => usageOf(pid), stop: () => stop(child) }
}

function lastWords(child: ChildProcess): () => string {
  let output = ''
  const add = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000)
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => output
}

async function untilReady({ isReady, readyWithinMs = READY_WITHIN_MS }: ProgramOptions, child: ChildProcess) {
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  const deadline = performance.now() + readyWithinMs
  while (performance.now() < deadline) {
    if (failure) throw failure
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`)
    if (await isReady()) return
    await pause(POLL_MS)
  }
  throw new Error(`not ready within ${readyWithinMs} ms`)
}

/** Whether a GET is answered 2xx. */
export async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url)
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  await ended
  clearTimeout(hard)
}

const TICKS_PER_SECOND = 100

async function usageOf(pid: number): Promise<Usage> {
  const [status, stat, family] = await Promise.all([read(pid, 'status'), read(pid, 'stat'), familyOf(pid)])
  const memory = await Promise.all(family.map(proportionalBytes))
  // Fields 14 and 15, counted behind the name in brackets, which may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    residentBytes: kilobytes(status, 'VmRSS') * 1024,
    familyBytes: memory.reduce((sum, bytes) => sum + bytes, 0),
    peakBytes: kilobytes(status, 'VmHWM') * 1024,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
  }
}

/** The process and all that descend from it. */
async function familyOf(pid: number): Promise<number[]> {
  const names = await readdir('/proc')
  const pids = names.map(Number).filter((number) => number > 0)
  const parents = new Map(await Promise.all(pids.map(async (each) => [each, await parentOf(each)] as const)))
  const family = [pid]
  for (const member of family) family.push(...pids.filter((each) => parents.get(each) === member))
  return family
}

async function parentOf(pid: number): Promise<number> {
  const stat = await read(pid, 'stat')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

async function proportionalBytes(pid: number): Promise<number> {
  return kilobytes(await read(pid, 'smaps_rollup'), 'Pss') * 1024
}

/** '' for a process that ended meanwhile. */
function read(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
}

function kilobytes(text: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
