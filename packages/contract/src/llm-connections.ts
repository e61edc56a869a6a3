import { z } from 'zod'
import { Instant, storable } from './fields.ts'
import { given } from './given.ts'
import { PageMeta, pageParams } from './query-params.ts'

const ADAPTERS = ['anthropic', 'openai', 'azure', 'bedrock', 'google-vertex-ai', 'google-ai-studio'] as const

/** GET /llm-connections; nothing but these parameters (public-api contract §17). */
export const LlmConnectionsQuery = z.strictObject(pageParams())
export type LlmConnectionsQuery = z.output<typeof LlmConnectionsQuery>

/** Stands for the credentials of the machine instead of a key. */
const DEFAULT_CREDENTIALS = '__BEDROCK_DEFAULT_CREDENTIALS__'

const BedrockKey = z.union([
  z.object({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) }),
  z.object({ apiKey: z.string().min(1) }),
])

function isBedrockKey(secret: string): boolean {
  if (secret === DEFAULT_CREDENTIALS) return true
  try {
    return BedrockKey.safeParse(JSON.parse(secret)).success
  } catch {
    return false
  }
}

/** What `config` may be; other adapters have none. */
const CONFIGS: Partial<Record<(typeof ADAPTERS)[number], z.ZodType>> = {
  bedrock: z.strictObject({ region: z.string().min(1) }),
  'google-vertex-ai': z.strictObject({ location: z.string().min(1).optional() }),
  openai: z.strictObject({ useResponsesApi: z.boolean().optional() }),
}

type Fault = readonly [path: string, message: string]

interface Settings {
  readonly adapter: (typeof ADAPTERS)[number]
  readonly secretKey: string
  readonly baseURL: string | undefined
  readonly config: Readonly<Record<string, unknown>> | undefined
}

function* connectionFaults({ adapter, secretKey, baseURL, config }: Settings): Generator<Fault> {
  const schema = CONFIGS[adapter] ?? z.strictObject({})
  const isNeeded = adapter === 'bedrock'
  if (config === undefined ? isNeeded : !schema.safeParse(config).success)
    yield ['config', CONFIG_WORDS[adapter] ?? `config is not for the adapter ${adapter}`]
  if (adapter === 'bedrock' && !isBedrockKey(secretKey))
    yield ['secretKey', 'Expected JSON with accessKeyId and secretAccessKey, or with apiKey']
  const fault = baseURL === undefined ? undefined : urlFault(baseURL)
  if (fault) yield ['baseURL', `Invalid baseURL: ${fault}`]
}

const CONFIG_WORDS: Partial<Record<(typeof ADAPTERS)[number], string>> = {
  bedrock: 'bedrock needs config with a region and nothing else',
  'google-vertex-ai': 'google-vertex-ai takes a config with a location and nothing else',
  openai: 'openai takes a config with useResponsesApi (true or false) and nothing else',
}

/** Link-local addresses are where clouds hand out the credentials of the machine. */
const LINK_LOCAL = /^(?:169\.254\.|\[fe[89ab][\da-f]:|metadata\.google\.internal$)/i

function urlFault(text: string): string | undefined {
  if (!URL.canParse(text)) return 'it is not a URL'
  const { protocol, username, password, hostname } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return 'only http and https are supported'
  if (username !== '' || password !== '') return 'it must not hold credentials'
  return LINK_LOCAL.test(hostname) ? `the host ${hostname} is not allowed` : undefined
}

/** PUT /llm-connections: all of the connection to one provider; what is left out becomes empty. */
export const LlmConnectionBody = z
  .object({
    provider: storable(200).trim().min(1),
    adapter: z.enum(ADAPTERS),
    secretKey: storable(20_000).min(1),
    baseURL: given(storable(2000)),
    customModels: given(z.array(z.string().min(1))),
    withDefaultModels: given(z.boolean()),
    extraHeaders: given(z.record(z.string().min(1), z.string())),
    config: given(z.record(z.string(), z.unknown())),
  })
  .superRefine((body, ctx) => {
    for (const [path, message] of connectionFaults(body)) ctx.addIssue({ code: 'custom', path: [path], message })
  })
export type LlmConnectionBody = z.output<typeof LlmConnectionBody>

/** A connection; its secrets are never shown. */
export const LlmConnectionDto = z
  .object({
    id: z.string(),
    provider: z.string(),
    adapter: z.enum(ADAPTERS),
    displaySecretKey: z.string(),
    baseURL: z.string().nullable(),
    customModels: z.array(z.string()),
    withDefaultModels: z.boolean(),
    extraHeaderKeys: z.array(z.string()),
    config: z.record(z.string(), z.unknown()).nullable(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'LlmConnection' })
export type LlmConnectionDto = z.infer<typeof LlmConnectionDto>

export const LlmConnectionsDto = z.object({ data: z.array(LlmConnectionDto), meta: PageMeta })
export type LlmConnectionsDto = z.infer<typeof LlmConnectionsDto>
