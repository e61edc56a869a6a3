/** The stub of a model as a process beside the suites. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Starts it on a free port of this machine; `url` is what OpenAI's clients take as their base. */
export async function startModel() {
  const program = join(import.meta.dirname, 'serve.js')
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  return { url: String(line).trim(), stop: () => child.kill() }
}
