/** Ten thousand generations of one kilobyte from a real SDK: none missing, none twice, each priced right. */
import { z } from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from './live-server.ts'
import { environmentOf, type PythonEnvironment, runPython } from './programs.ts'

const COUNT = 10_000
const INPUT_TOKENS = 250
const OUTPUT_TOKENS = 10
/** gpt-4: 30 and 60 US dollars a million. */
const COST = (INPUT_TOKENS * 30 + OUTPUT_TOKENS * 60) / 1e6

const CURRENT = `
from langfuse import get_client
langfuse = get_client()
for number in range(${COUNT}):
    langfuse.start_observation(
        name=f"generation-{number}", as_type="generation", model="gpt-4", input="x" * 1024, output="done",
        usage_details={"input": ${INPUT_TOKENS}, "output": ${OUTPUT_TOKENS}},
    ).end()
    if number % 1000 == 999:
        langfuse.flush()
langfuse.flush()
`

const LEGACY = `
from langfuse import Langfuse
langfuse = Langfuse()
trace = langfuse.trace(name="volume")
for number in range(${COUNT}):
    trace.generation(
        name=f"generation-{number}", model="gpt-4", input="x" * 1024, output="done",
        usage={"input": ${INPUT_TOKENS}, "output": ${OUTPUT_TOKENS}},
    )
    if number % 1000 == 999:
        langfuse.flush()
langfuse.flush()
`

const page = z.object({
  data: z.array(z.object({ id: z.string(), name: z.string(), totalCost: z.number().nullable(), input: z.unknown() })),
  meta: z.object({ cursor: z.string().nullish() }),
})

describe('ten thousand generations', () => {
  let server: LiveServer
  beforeAll(async () => {
    server = await startLiveServer()
  })
  afterAll(() => server?.stop())

  test.each<[PythonEnvironment, string]>([
    ['langfuse-2', LEGACY],
    ['langfuse-5', CURRENT],
  ])(
    'from %s',
    async (environment, source) => {
      const since = new Date().toISOString()
      await runPython(environment, source, environmentOf(server))
      const rows = await readAll(server, since)
      expect(rows).toHaveLength(COUNT)
      expect(new Set(rows.map(({ name }) => name)).size).toBe(COUNT)
      expect(new Set(rows.map(({ id }) => id)).size).toBe(COUNT)
      expect(rows.filter(({ totalCost }) => Math.abs((totalCost ?? 0) - COST) > 1e-12)).toEqual([])
      expect(rows.every(({ input }) => input === 'x'.repeat(1024))).toBe(true)
    },
    180_000,
  )
})

async function readAll(server: LiveServer, since: string) {
  const rows: z.infer<typeof page>['data'] = []
  let cursor: string | undefined
  do {
    const query = new URLSearchParams({
      limit: '1000',
      fields: 'core,basic,io,usage',
      fromStartTime: since,
      type: 'GENERATION',
    })
    if (cursor) query.set('cursor', cursor)
    const { data, meta } = page.parse(await server.get(`/api/public/v2/observations?${query}`))
    rows.push(...data)
    cursor = meta.cursor ?? undefined
  } while (cursor)
  return rows
}
