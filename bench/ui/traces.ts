/** Traces to be opened: of the demo's shape, of a given number of observations. */
import { setTimeout as pause } from 'node:timers/promises'
import { generateDemo } from '../../packages/server/src/demo/generate.ts'
import { getJson } from '../targets/target.ts'
import type { Xtrace } from '../targets/xtrace.ts'

const STORED_WITHIN_MS = 120_000
const POLL_MS = 200

export interface OpenedTrace {
  readonly id: string
  readonly observations: number
}

/** Sends a trace and waits until all of it can be read. */
export async function sendTrace(server: Xtrace, observations: number): Promise<OpenedTrace> {
  let id = ''
  for (const { to, body } of generateDemo({
    seed: observations,
    observations: 0,
    endMs: Date.now(),
    hugeTrace: observations,
  })) {
    if (to !== 'otlp') continue
    const text = JSON.stringify(body)
    id = /"traceId":"(\w+)"/.exec(text)?.[1] ?? id
    await post(server, text)
  }
  await untilStored(server, { id, observations })
  return { id, observations }
}

async function post({ url, authorization, paths }: Xtrace, body: string): Promise<void> {
  const headers = { authorization, 'content-type': 'application/json' }
  for (;;) {
    const answer = await fetch(`${url}${paths['otlp-json']}`, { method: 'POST', headers, body })
    const text = await answer.text()
    if (answer.ok) return
    if (answer.status !== 429 && answer.status !== 503) throw new Error(`${answer.status} ${text.slice(0, 300)}`)
    await pause(POLL_MS)
  }
}

async function untilStored(server: Xtrace, { id, observations }: OpenedTrace): Promise<void> {
  const deadline = performance.now() + STORED_WITHIN_MS
  const path = `/api/public/observations?traceId=${id}&limit=1`
  while (!JSON.stringify(await getJson(server, path)).includes(`"totalItems":${observations},`)) {
    if (performance.now() > deadline) throw new Error(`A trace of ${observations} never came to be read`)
    await pause(POLL_MS)
  }
}
