// Write → answer → first read, idle: how long both take together, and that the record is in it.
// npx tsx bench/freshness.ts [rounds]   (against a server of its own, in its own process)
import { loadavg } from 'node:os'
import { startLiveServer } from '../packages/server/test/compat/live-server.ts'

const ROUNDS = Number(process.argv[2] ?? 200)

const at = (sorted: readonly number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0

const server = await startLiveServer()
const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
const writes: number[] = []
const reads: number[] = []
let missing = 0

for (let round = 0; round < ROUNDS; round++) {
  const id = `fresh-${round}`
  const timestamp = new Date().toISOString()
  const batch = [
    { id: `t-${round}`, type: 'trace-create', timestamp, body: { id, name: 'fresh' } },
    {
      id: `g-${round}`,
      type: 'generation-create',
      timestamp,
      body: { id: `g-${id}`, traceId: id, model: 'gpt-4', input: 'hi' },
    },
  ]
  const begun = performance.now()
  const written = await fetch(`${server.url}/api/public/ingestion`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ batch }),
  })
  await written.text()
  const answered = performance.now()
  const read = await fetch(`${server.url}/api/public/traces/${id}`, { headers: { authorization } })
  if (!(await read.text()).includes(`g-${id}`)) missing++
  writes.push(answered - begun)
  reads.push(performance.now() - answered)
}
await server.stop()

const both = writes.map((write, index) => write + (reads[index] ?? 0))
console.log(`load ${loadavg()[0]?.toFixed(1)}, rounds ${ROUNDS}, reads without their record: ${missing}`)
for (const [name, times] of Object.entries({ write: writes, read: reads, both })) {
  const sorted = times.toSorted((a, b) => a - b)
  console.log(`${name.padEnd(6)} p50 ${at(sorted, 0.5).toFixed(1)} ms  p99 ${at(sorted, 0.99).toFixed(1)} ms`)
}
