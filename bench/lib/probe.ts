/** Write → answer → first read of one trace: how long, and whether the record is in it. */
import { randomUUID } from 'node:crypto'
import type { Xtrace } from '../targets/xtrace.ts'

export interface Probe {
  /** Milliseconds until the write is answered. */
  readonly writeMs: number
  /** Milliseconds of the first read after it. */
  readonly readMs: number
  /** Whether that read had the record. */
  readonly isFresh: boolean
}

/** Writes a trace with one observation through `/v1/l/batch` and reads it. */
async function probe(server: Xtrace): Promise<Probe> {
  const [traceId, observationId] = [randomUUID(), randomUUID()]
  const begun = performance.now()
  await post(server, traceId, observationId)
  const answered = performance.now()
  const path = server.tracePath(traceId)
  const isFresh = (await read(server, path)).includes(observationId)
  return { writeMs: answered - begun, readMs: performance.now() - answered, isFresh }
}

async function post(server: Xtrace, traceId: string, id: string): Promise<void> {
  const startTime = new Date().toISOString()
  const answer = await fetch(`${server.url}${server.paths.native}`, {
    method: 'POST',
    headers: { authorization: server.authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      trace: { id: traceId, timestamp: startTime, name: 'fresh' },
      observations: [{ id, traceId, type: 'GENERATION', name: 'fresh', startTime, model: 'gpt-4', input: 'hi' }],
    }),
  })
  const body = await answer.text()
  if (!answer.ok) throw new Error(`POST ${server.paths.native}: ${answer.status} ${body}`)
}

/** The body whatever the status: 404 says that the trace is missing. */
async function read(server: Xtrace, path: string): Promise<string> {
  const answer = await fetch(`${server.url}${path}`, { headers: { authorization: server.authorization } })
  return answer.text()
}

/** So many, one after the other. */
export async function probes(server: Xtrace, count: number): Promise<Probe[]> {
  const all: Probe[] = []
  while (all.length < count) all.push(await probe(server))
  return all
}
