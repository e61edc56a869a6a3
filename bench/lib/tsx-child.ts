/** TypeScript programs of this folder, run in processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const LOADER = import.meta.resolve('tsx')

/** A child that can be spoken to; its complaints go to ours. */
export function forkTsx(file: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', LOADER, file, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

/** Runs a program to its end and gives what it printed. @throws Error when it fails */
export async function runTsx(file: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', LOADER, file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${file} ended with ${code}\n${output}`)
  return output
}
