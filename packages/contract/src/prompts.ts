/** Prompts (public-api contract §9, §26.3). */
import { z } from 'zod'
import { Instant, Json, storable } from './fields.ts'
import { booleanParam, instantParam, intParam, optionalIntParam, PageMeta, textParam } from './query-params.ts'

const RESERVED = ['new', 'metrics', 'prompt-detail', '.', '..']
const MAX_NAME_BYTES = 2000
const CONTROL = /[\p{Cc}\p{Cs}]/u

const nameProblem = (name: string): string | undefined => {
  if (name === '') return 'A prompt name must not be empty'
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) return `A prompt name has at most ${MAX_NAME_BYTES} bytes`
  if (CONTROL.test(name)) return 'A prompt name must not contain control characters'
  if (name.includes('|')) return 'A prompt name must not contain "|"'
  if (/<[^<>]*>/.test(name)) return 'A prompt name must not contain HTML tags'
  if (name.startsWith('/') || name.endsWith('/') || name.includes('//'))
    return 'A prompt name must not start or end with "/" nor contain "//"'
  return RESERVED.includes(name) ? `"${name}" is reserved; choose another prompt name` : undefined
}

/** The name of a prompt to create; `/` makes folders. */
const PromptName = z
  .string()
  .trim()
  .superRefine((name, context) => {
    const message = nameProblem(name)
    if (message) context.addIssue({ code: 'custom', message })
  })
  .meta({ description: 'Slashes make folders', examples: ['support/greeting'] })

const PromptLabel = z
  .string()
  .min(1)
  .max(36)
  .regex(/^[a-z0-9_\-.]+$/, 'A label consists of lower-case letters, digits, "_", "-" and "."')

const ChatMessage = z
  .looseObject({ type: z.literal('chatmessage').nullish(), role: z.string(), content: z.string() })
  .meta({ id: 'PromptChatMessage' })

const PlaceholderMessage = z
  .looseObject({ type: z.literal('placeholder').nullish(), name: z.string().min(1) })
  .transform((message) => ({ ...message, type: 'placeholder' as const }))
  .meta({ id: 'PromptPlaceholderMessage' })

const common = {
  name: PromptName,
  config: Json.optional().meta({ description: 'Any JSON value; null is an empty object' }),
  labels: z.array(PromptLabel).max(100).nullish(),
  tags: z
    .array(storable(500))
    .max(100)
    .nullish()
    .meta({ description: 'Replace the tags of all versions; absent: those stay as they are' }),
  commitMessage: storable(500).nullish(),
}

const TextPromptBody = z.object({ ...common, type: z.literal('text').nullish(), prompt: z.string() })
const ChatPromptBody = z.object({
  ...common,
  type: z.literal('chat'),
  prompt: z.array(z.union([ChatMessage, PlaceholderMessage])),
})

/** The body of POST /api/public/v2/prompts. */
export const PromptBody = z.discriminatedUnion('type', [TextPromptBody, ChatPromptBody]).meta({ id: 'PromptBody' })
export type PromptBody = z.infer<typeof PromptBody>

const isActive = z.boolean().nullish().meta({ description: 'True puts the label "production" on the version' })

/** The body of POST /api/public/prompts. */
export const PromptV1Body = z
  .discriminatedUnion('type', [TextPromptBody.extend({ isActive }), ChatPromptBody.extend({ isActive })])
  .meta({ id: 'PromptV1Body' })
export type PromptV1Body = z.infer<typeof PromptV1Body>

/** The body of PATCH /api/public/v2/prompts/{name}/versions/{version}. */
export const PromptLabelsBody = z.object({
  newLabels: z
    .array(PromptLabel.refine((label) => label !== 'latest', 'The label "latest" is kept on the newest version'))
    .max(100),
})
export type PromptLabelsBody = z.infer<typeof PromptLabelsBody>

/** Names as they stand in paths and queries: what no stored name can be is just not found, but for what no database takes. */
const nameParam = z
  .string()
  .trim()
  .refine((name) => !CONTROL.test(name), 'A prompt name must not contain control characters')

export const PromptParams = z.object({ promptName: nameParam })
export const PromptVersionParams = z.object({
  name: nameParam,
  version: z.coerce
    .number<string>()
    .pipe(z.int().min(1))
    .meta({ override: { type: 'integer', minimum: 1 } }),
})

/** Which version of a prompt. */
const choice = { version: optionalIntParam, label: textParam }

export const PromptQuery = z.object({ ...choice, resolve: booleanParam })
export const PromptDeleteQuery = z.object(choice)
export const PromptV1Query = z.object({ name: nameParam, version: optionalIntParam })

/** GET /api/public/v2/prompts. */
export const PromptsQuery = z.object({
  page: intParam({ min: 1, max: 1_000_000_000, default: 1 }),
  limit: intParam({ min: 1, max: 100, default: 10 }),
  name: textParam,
  version: optionalIntParam,
  label: textParam,
  tag: textParam,
  fromUpdatedAt: instantParam,
  toUpdatedAt: instantParam,
  filter: textParam,
})
export type PromptsQuery = z.output<typeof PromptsQuery>

const textOperators = ['=', 'contains', 'does not contain', 'starts with', 'ends with'] as const
const textColumn = z.enum(['id', 'name', 'type'])
const words = z.array(z.string()).max(200)

/** One condition of `filter` on GET /api/public/v2/prompts. */
export const PromptFilterCondition = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('string'),
    column: textColumn,
    operator: z.enum([...textOperators, 'is not empty']),
    value: z.string().optional().default(''),
  }),
  z.object({
    type: z.literal('stringOptions'),
    column: textColumn,
    operator: z.enum(['any of', 'none of']),
    value: words,
  }),
  z.object({
    type: z.literal('number'),
    column: z.literal('version'),
    operator: z.enum(['=', '>', '<', '>=', '<=']),
    value: z.int(),
  }),
  z.object({
    type: z.literal('datetime'),
    column: z.enum(['createdAt', 'updatedAt']),
    operator: z.enum(['>', '<', '>=', '<=']),
    value: Instant,
  }),
  z.object({
    type: z.literal('arrayOptions'),
    column: z.enum(['labels', 'tags']),
    operator: z.enum(['any of', 'none of', 'all of']),
    value: words,
  }),
  z.object({
    type: z.literal('stringObject'),
    column: z.literal('config'),
    key: z.string(),
    operator: z.enum([...textOperators, 'is set', 'is not set']),
    value: z.string().optional().default(''),
  }),
])
export type PromptFilterCondition = z.infer<typeof PromptFilterCondition>

export const PromptFilterConditions = z.array(PromptFilterCondition).max(100)

/** What else a message had when it was made comes back with it. */
const ChatMessageDto = z.looseObject({
  type: z.literal('chatmessage').nullish(),
  role: z.string(),
  content: z.string(),
})
const PlaceholderMessageDto = z.looseObject({ type: z.literal('placeholder'), name: z.string() })

const PromptNodeDto = z.object({ name: z.string(), version: z.int(), id: z.string() })

export const PromptDto = z
  .object({
    id: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
    projectId: z.string(),
    createdBy: z.string(),
    name: z.string(),
    version: z.int(),
    type: z.enum(['text', 'chat']),
    prompt: z.union([z.string(), z.array(z.union([ChatMessageDto, PlaceholderMessageDto]))]),
    config: Json,
    labels: z.array(z.string()),
    tags: z.array(z.string()),
    commitMessage: z.string().nullable(),
    isActive: z.boolean().meta({ description: 'Whether the version has the label "production"' }),
    resolutionGraph: z
      .object({ root: PromptNodeDto, dependencies: z.record(z.string(), z.array(PromptNodeDto)) })
      .nullable()
      .meta({ description: 'By id, which versions refer to which; null where no reference was replaced' }),
  })
  .meta({ id: 'Prompt' })
export type PromptDto = z.infer<typeof PromptDto>

export const PromptSummaryDto = z
  .object({
    name: z.string(),
    type: z.enum(['text', 'chat']),
    versions: z.array(z.int()),
    labels: z.array(z.string()),
    tags: z.array(z.string()),
    lastUpdatedAt: Instant,
    lastConfig: Json,
  })
  .meta({ id: 'PromptMeta' })
export type PromptSummaryDto = z.infer<typeof PromptSummaryDto>

/** A page of names; older clients read `pagination`. */
export const PromptsDto = z.object({ data: z.array(PromptSummaryDto), meta: PageMeta, pagination: PageMeta })
export type PromptsDto = z.infer<typeof PromptsDto>
