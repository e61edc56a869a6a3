import { z } from 'zod'

const price = z.number().nonnegative().exactOptional()

/** Dollars for a million tokens; searches: for a thousand. What is missing costs what `price-keys.ts` names as its parent. */
export const Rates = z.strictObject({
  input: price,
  output: price,
  cacheRead: price,
  cacheWrite: price,
  cacheWrite1h: price,
  reasoning: price,
  inputAudio: price,
  outputAudio: price,
  cacheAudioRead: price,
  inputImage: price,
  outputImage: price,
  webSearch: price,
})
export type Rates = z.infer<typeof Rates>

/** One model of the built-in table. */
export const PriceEntry = z.strictObject({
  id: z.string(),
  name: z.string(),
  pattern: z.string(),
  /** `claude`, or the name by which tiktoken knows the model's encoding. */
  tokenizer: z.string().exactOptional(),
  rates: Rates,
  /** What a request costs when its input has more than `above` tokens. */
  long: z.strictObject({ above: z.number(), rates: Rates }).exactOptional(),
})
export type PriceEntry = z.infer<typeof PriceEntry>

/** builtin.json, as scripts/refresh-models.ts writes it: the models in the order in which they are tried. */
export const PriceTable = z.strictObject({ asOf: z.iso.date(), models: z.array(PriceEntry) })
export type PriceTable = z.infer<typeof PriceTable>
