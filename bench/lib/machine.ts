/** On what the figures were taken; without it they mean nothing. */
import { execFileSync } from 'node:child_process'
import os from 'node:os'

/** Another program is at work beside the bench when one minute's load says so before it began. */
const QUIET_LOAD = 0.5

/** Load average of the last minute, now. */
export function loadNow(): number {
  return os.loadavg()[0] ?? 0
}

/** A line of Markdown: processor, cores, memory, Node, commit, load. */
export function describeMachine(loadBefore: number): string {
  const [cpu] = os.cpus()
  const memory = Math.round(os.totalmem() / 2 ** 30)
  const facts = [cpu?.model.trim() ?? 'unknown processor', `${os.cpus().length} cores`, `${memory} GB`]
  const state = loadBefore > QUIET_LOAD ? 'other work beside it: read ratios, not absolutes' : 'quiet'
  return `${facts.join(', ')}; ${os.type()} ${os.release()}; Node ${process.version}; commit ${commit()}; load before ${loadBefore.toFixed(2)} (${state}).`
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
