/** `xtrace demo`: sends what some programs would have sent over a week to the server that runs here. */
import { parseArgs } from 'node:util'
import { generateDemo } from '#demo/generate.ts'
import type { DemoRequest } from '#demo/scenario.ts'
import { AppError } from '#domain/errors.ts'
import { type RunningServer, withDataFolder } from './held-folder.ts'
import type { World } from './world.ts'

export async function demo(world: World, args: readonly string[]): Promise<number> {
  const { seed, observations, huge } = parseArguments(args)
  return await withDataFolder(world, {
    alone: () => {
      throw new AppError('unavailable', 'No xtrace runs on this data folder; start one, then run `xtrace demo` again')
    },
    beside: async (server) => {
      const began = Date.now()
      let made = 0
      for (const request of generateDemo({ seed, observations, endMs: began, hugeTrace: huge })) {
        await send(server, request)
        made += request.observations
      }
      world.out(`${made} observations and a day of metrics in ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
      return 0
    },
  })
}

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  observations: { type: 'string', default: '20000' },
  /** Observations of one more trace. */
  huge: { type: 'string', default: '0' },
} as const

function parseArguments(args: readonly string[]) {
  const { values } = parsed(args)
  return {
    seed: numberOf('seed', values.seed),
    observations: numberOf('observations', values.observations),
    huge: numberOf('huge', values.huge),
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS })
  } catch (cause) {
    throw new AppError('bad_request', "'demo' takes --seed, --observations and --huge, each with a number", { cause })
  }
}

function numberOf(name: string, text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < 0 || number > 1_000_000)
    throw new AppError('bad_request', `--${name} takes a whole number up to 1000000, not '${text}'`)
  return number
}

const PATHS: Readonly<Record<DemoRequest['to'], string>> = {
  otlp: '/v1/traces',
  ingestion: '/api/public/ingestion',
  metrics: '/v1/metrics/batch',
}

/** A server that has its hands full is waited for. */
const ATTEMPTS = 60

async function send(server: RunningServer, request: DemoRequest, attempt = 1): Promise<void> {
  const { url, credentials } = server
  const { to, body } = request
  const answer = await fetch(`${url}${PATHS[to]}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${credentials.token.reveal()}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (answer.ok) return
  const isBusy = answer.status === 429 || answer.status === 503
  if (!isBusy || attempt === ATTEMPTS)
    throw new AppError('unavailable', `${PATHS[to]} answered ${answer.status}: ${text.slice(0, 200)}`)
  await new Promise((resume) => setTimeout(resume, 1000))
  await send(server, request, attempt + 1)
}
