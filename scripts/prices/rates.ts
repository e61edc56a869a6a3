import { calcPrice, type ModelInfo, type ModelPrice, type Provider } from '@pydantic/genai-prices'
import type { PriceEntry, Rates } from '../../packages/server/src/catalog/models/price-table.ts'

const RATES: Readonly<Record<string, keyof Rates>> = {
  input_mtok: 'input',
  output_mtok: 'output',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite',
  cache_write_1h_mtok: 'cacheWrite1h',
  output_reasoning_mtok: 'reasoning',
  input_audio_mtok: 'inputAudio',
  output_audio_mtok: 'outputAudio',
  cache_audio_read_mtok: 'cacheAudioRead',
  input_image_mtok: 'inputImage',
  output_image_mtok: 'outputImage',
  web_searches_kcount: 'webSearch',
}

/** What the model costs at noon UTC of the day; undefined when it is not priced by tokens. */
export function ratesOf(
  provider: Provider,
  model: ModelInfo,
  day: string,
): Pick<PriceEntry, 'rates' | 'long'> | undefined {
  const price = priceInForce(provider, model, new Date(`${day}T12:00:00Z`))
  const rates = ratesAt(price, 0)
  if (rates.input === undefined && rates.output === undefined) return undefined
  const above = thresholdOf(price, model.id)
  return above === undefined ? { rates } : { rates, long: { above, rates: ratesAt(price, above + 1) } }
}

/** The source decides between prices of several dates and hours. */
function priceInForce(provider: Provider, model: ModelInfo, timestamp: Date): ModelPrice {
  const alone = { ...model, match: { equals: model.id.toLowerCase().trim() } }
  const found = calcPrice({}, model.id, { provider: { ...provider, models: [alone] }, timestamp })
  if (!found) throw new Error(`the price source does not find its own ${provider.id}/${model.id}`)
  return found.model_price
}

function ratesAt(price: ModelPrice, tokens: number): Rates {
  const known = Object.entries(price).flatMap(([name, value]) => {
    const rate = RATES[name]
    if (rate === undefined || value === undefined) return []
    const tier = typeof value === 'number' ? undefined : value.tiers.findLast(({ start }) => tokens > start)
    return [[rate, typeof value === 'number' ? value : (tier?.price ?? value.base)] as const]
  })
  return Object.fromEntries(known)
}

function thresholdOf(price: ModelPrice, id: string): number | undefined {
  const starts = Object.values(price).flatMap((value) =>
    typeof value === 'object' ? value.tiers.map(({ start }) => start) : [],
  )
  const [first, ...others] = new Set(starts)
  if (others.length > 0) throw new Error(`${id} has more than one long-context price; the table holds one`)
  return first
}
