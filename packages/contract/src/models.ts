import { z } from 'zod'
import { Instant, storable } from './fields.ts'
import { given } from './given.ts'
import { PageMeta, pageParams } from './query-params.ts'

export const MODEL_UNITS = ['CHARACTERS', 'TOKENS', 'MILLISECONDS', 'SECONDS', 'IMAGES', 'REQUESTS'] as const

export const ModelsQuery = z.object(pageParams())
export type ModelsQuery = z.output<typeof ModelsQuery>

const UsageCondition = z.object({
  usageDetailPattern: z.string().min(1),
  operator: z.enum(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']),
  value: z.number(),
  caseSensitive: z.boolean().default(false),
})
const AttributeCondition = z.object({
  source: z.enum(['model_parameters', 'metadata']),
  key: z.string().min(1),
  operator: z.literal('in'),
  values: z.array(z.string()).min(1),
})
/** When a pricing tier applies (langfuse-ingestion contract §4.3). */
const PricingCondition = z.union([UsageCondition, AttributeCondition])

const price = z.number().nonnegative()

const PricingTierBody = z.object({
  name: z.string().min(1),
  isDefault: z.boolean(),
  priority: z.int().nonnegative(),
  conditions: z.array(PricingCondition),
  prices: z.record(z.string().min(1), price),
})
export type PricingTierBody = z.output<typeof PricingTierBody>

const PricingTierDto = PricingTierBody.extend({ id: z.string() }).meta({ id: 'PricingTier' })

const TokenizerConfig = z.looseObject({
  tokenizerModel: z.string().exactOptional(),
  tokensPerMessage: z.number().exactOptional(),
  tokensPerName: z.number().exactOptional(),
})

type Fault = readonly [path: string, message: string]

interface Priced {
  readonly inputPrice?: number | undefined
  readonly outputPrice?: number | undefined
  readonly totalPrice?: number | undefined
  readonly pricingTiers?: readonly unknown[] | undefined
}

function* priceFaults({ inputPrice, outputPrice, totalPrice, pricingTiers }: Priced): Generator<Fault> {
  const parts = [inputPrice, outputPrice].filter((part) => part !== undefined)
  const isFlat = parts.length > 0 || totalPrice !== undefined
  if (isFlat && pricingTiers) yield ['pricingTiers', 'Cannot provide both flat prices and pricingTiers']
  if (!isFlat && !pricingTiers) yield ['pricingTiers', 'Must provide either flat prices or pricingTiers']
  if (totalPrice !== undefined && parts.length > 0)
    yield ['totalPrice', 'totalPrice can not go with inputPrice or outputPrice']
}

/** POST /models and PUT /models/{id} (public-api contract §13): prices are US dollars a unit. */
export const ModelBody = z
  .object({
    modelName: storable(500).min(1),
    matchPattern: storable(10_000),
    startDate: given(Instant),
    unit: given(z.enum(MODEL_UNITS)),
    inputPrice: given(price),
    outputPrice: given(price),
    totalPrice: given(price),
    pricingTiers: given(z.array(PricingTierBody)),
    tokenizerId: given(storable(200)),
    tokenizerConfig: given(TokenizerConfig),
  })
  .superRefine((body, ctx) => {
    for (const [path, message] of priceFaults(body)) ctx.addIssue({ code: 'custom', path: [path], message })
  })
export type ModelBody = z.output<typeof ModelBody>

const nullablePrice = z.number().nullable()

export const ModelDto = z
  .object({
    id: z.string(),
    modelName: z.string(),
    matchPattern: z.string(),
    startDate: Instant.nullable(),
    unit: z.string().nullable(),
    inputPrice: nullablePrice,
    outputPrice: nullablePrice,
    totalPrice: nullablePrice,
    tokenizerId: z.string().nullable(),
    tokenizerConfig: z.unknown(),
    isLangfuseManaged: z.boolean().meta({ description: 'True for the built-in table, which can not be changed' }),
    createdAt: Instant,
    prices: z.record(z.string(), z.object({ price: z.number() })),
    pricingTiers: z.array(PricingTierDto),
  })
  .meta({ id: 'Model' })
export type ModelDto = z.infer<typeof ModelDto>

export const ModelsDto = z.object({ data: z.array(ModelDto), meta: PageMeta })
export type ModelsDto = z.infer<typeof ModelsDto>
