/** Traces with little in them, sent to a server as a program would. */
import type { LiveServer } from '../compat/live-server.ts'

const timestamp = () => new Date().toISOString()

export const traceOf = (name: string, body: object = {}) => ({
  id: name,
  type: 'trace-create',
  timestamp: timestamp(),
  body: { id: `id-of-${name}`, name, timestamp: timestamp(), input: { question: `what is ${name}` }, ...body },
})

export const stepOf = (name: string) => ({
  id: `step-${name}`,
  type: 'span-create',
  timestamp: timestamp(),
  body: { id: `step-${name}`, traceId: `id-of-${name}`, name: `step-of-${name}`, startTime: timestamp() },
})

/** @throws Error when the server does not take them */
export async function sendEvents(server: LiveServer, ...batch: readonly object[]): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
  const answer = await fetch(`${server.url}/api/public/ingestion`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ batch }),
  })
  if (answer.status !== 207) throw new Error(`Answered ${answer.status}: ${await answer.text()}`)
}
