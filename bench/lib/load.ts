/** The bench's side of the load generator. */
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { FromLoad, LoadResult, LoadSpec, ToLoad } from '../load/protocol.ts'
import { forkTsx } from './tsx-child.ts'

const GENERATOR = join(import.meta.dirname, '..', 'load', 'generator.ts')
/** Longer than any round; ended before by `stop`. */
const ENDLESS_SECONDS = 86_400

export interface BackgroundLoad {
  stop(): Promise<LoadResult>
}

/** Sends for so many seconds. The bodies are built before the time runs. */
export async function runLoad(spec: LoadSpec, seconds: number): Promise<LoadResult> {
  const { child, done } = await startGenerator(spec)
  tell(child, { kind: 'go', seconds })
  return done()
}

/** Sends until it is stopped. */
export async function startLoad(spec: LoadSpec): Promise<BackgroundLoad> {
  const { child, done } = await startGenerator(spec)
  tell(child, { kind: 'go', seconds: ENDLESS_SECONDS })
  const result = done()
  return {
    stop: () => {
      tell(child, { kind: 'stop' })
      return result
    },
  }
}

async function startGenerator(spec: LoadSpec): Promise<{ child: ChildProcess; done: () => Promise<LoadResult> }> {
  const child = forkTsx(GENERATOR, [JSON.stringify(spec)])
  await heard(child, (message) => (message.kind === 'ready' ? true : undefined))
  return {
    child,
    done: async () => {
      const result = await heard(child, (message) => (message.kind === 'done' ? message.result : undefined))
      child.disconnect()
      if (result.requests === 0) throw new Error(`No request was taken: ${result.firstFailure}`)
      return result
    },
  }
}

function tell(child: ChildProcess, message: ToLoad): void {
  child.send(message)
}

/** Resolves to the first answer that `pick` takes. @throws Error when the child ends before it */
function heard<T>(child: ChildProcess, pick: (message: FromLoad) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`The load generator ended with ${code}`))
    const listen = (message: FromLoad) => {
      const picked = pick(message)
      if (picked === undefined) return
      child.off('message', listen)
      child.off('exit', ended)
      resolve(picked)
    }
    child.on('message', listen)
    child.once('exit', ended)
  })
}
