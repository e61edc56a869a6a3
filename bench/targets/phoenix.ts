/** Phoenix from PyPI over its SQLite. */
import { bytesOnDisk } from '../lib/folders.ts'
import { answers, freePort, startProgram } from '../lib/process.ts'
import { numberAt, type Target } from './target.ts'

const READY_WITHIN_MS = 600_000

export interface PhoenixOptions {
  /** The python of an environment with arize-phoenix. */
  readonly python: string
  readonly folder: string
}

export async function startPhoenix({ python, folder }: PhoenixOptions): Promise<Target> {
  const [port, grpcPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const program = await startProgram({
    command: python,
    args: ['-m', 'phoenix.server.main', 'serve'],
    env: {
      HOME: folder,
      PHOENIX_WORKING_DIR: folder,
      PHOENIX_HOST: '127.0.0.1',
      PHOENIX_PORT: String(port),
      PHOENIX_GRPC_PORT: String(grpcPort),
      PHOENIX_TELEMETRY_ENABLED: 'false',
    },
    readyWithinMs: READY_WITHIN_MS,
    isReady: () => answers(`${url}/healthz`),
  })
  return {
    name: 'Phoenix',
    url,
    authorization: '',
    readyMs: program.readyMs,
    paths: { openinference: '/v1/traces' },
    countObservations: () => countSpans(url),
    usage: () => program.usage(),
    bytesOnDisk: () => bytesOnDisk(folder),
    stop: () => program.stop(),
  }
}

async function countSpans(url: string): Promise<number> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ projects { edges { node { recordCount } } } }' }),
  })
  const json: unknown = await answer.json()
  return numberAt(json, 'data', 'projects', 'edges', '0', 'node', 'recordCount')
}
