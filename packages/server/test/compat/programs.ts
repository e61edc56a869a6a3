/** Runs client programs as their users do: a Python environment or Node, in a process of their own. */
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { LiveServer } from './live-server.ts'

const REPOSITORY = resolve(import.meta.dirname, '..', '..', '..', '..')

/** The Python environments that `npm test` makes, one for each file in python/requirements. */
export type PythonEnvironment = 'langfuse-2' | 'langfuse-3' | 'langfuse-4' | 'langfuse-5' | 'opentelemetry'

/** Runs Python source; resolves to what it printed. @throws Error with its output when it fails */
export function runPython(
  environment: PythonEnvironment,
  source: string,
  env: Record<string, string>,
): Promise<string> {
  const python = join(REPOSITORY, '.venvs', environment, 'bin', 'python')
  return runProgram([python, '-W', 'ignore', '-'], source, env)
}

/** Runs JavaScript source as a module that may import what the server's package may. */
export function runNodeSource(source: string, env: Record<string, string>): Promise<string> {
  return runProgram([process.execPath, '--input-type=module', '-'], source, env)
}

/** The environment lines that the server prints at its first start. */
export function environmentOf(server: LiveServer): Record<string, string> {
  return {
    LANGFUSE_HOST: server.url,
    LANGFUSE_BASE_URL: server.url,
    LANGFUSE_BASEURL: server.url,
    LANGFUSE_PUBLIC_KEY: server.publicKey,
    LANGFUSE_SECRET_KEY: server.secretKey,
    XTRACE_TOKEN: server.token,
  }
}

function runProgram(command: readonly string[], stdin: string, env: Record<string, string>): Promise<string> {
  const [program = '', ...args] = command
  return new Promise((resolveOutput, reject) => {
    const child = spawn(program, args, {
      cwd: import.meta.dirname,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PYTHONUNBUFFERED: '1', ...env },
    })
    let output = ''
    const add = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolveOutput(output) : reject(new Error(`${program} ended with ${code}:\n${output}`)),
    )
    child.stdin.end(stdin)
  })
}
