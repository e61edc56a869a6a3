/** Where a cost comes from: tokens by kind × price, what each source says, and where they disagree. */
export type Amounts = Readonly<Record<string, number>>

export interface ReceiptInput {
  /** Tokens by kind (`input`, `output`, `input_cached_tokens`, …); `total` is their sum as recorded. */
  readonly usage: Amounts
  /** US dollars by kind, as the client sent them; `total` alone is common. */
  readonly providedCost: Amounts
  /** US dollars by kind, as they count. */
  readonly cost: Amounts
  readonly totalCost: number | undefined
  /** US dollars a token by kind, as the model's entry charges them. */
  readonly prices: Amounts
  readonly tier: string | undefined
  /** Whose prices they are. */
  readonly priceSource: 'project' | 'builtin' | undefined
}

export interface ReceiptLine {
  readonly kind: string
  readonly tokens: number | undefined
  readonly price: number | undefined
  /** tokens × price. */
  readonly priced: number | undefined
  readonly provided: number | undefined
  /** What counts. */
  readonly billed: number | undefined
}

export interface ReceiptWarning {
  readonly code: 'sources-disagree' | 'cached-counted-twice' | 'kind-without-price' | 'lines-miss-total'
  readonly text: string
}

export interface Receipt {
  readonly lines: readonly ReceiptLine[]
  readonly total: number | undefined
  readonly winner: 'provided' | 'project' | 'builtin' | 'unknown'
  readonly tier: string | undefined
  /** What each source comes to. */
  readonly alternatives: { readonly provided: number | undefined; readonly priced: number | undefined }
  readonly warnings: readonly ReceiptWarning[]
}

/** Shares of a dollar below which two sums are one. */
const TOLERANCE = 0.01

export function buildReceipt(input: ReceiptInput): Receipt {
  const kinds = [
    ...new Set([input.usage, input.providedCost, input.cost].flatMap((amounts) => Object.keys(amounts))),
  ].filter((kind) => kind !== 'total')
  const lines = kinds.map((kind) => lineOf(kind, input))
  const provided = input.providedCost['total'] ?? sumOf(lines.map((line) => line.provided))
  const priced = lineOf('total', input).priced ?? sumOf(lines.map((line) => line.priced))
  const winner =
    provided !== undefined ? 'provided' : priced !== undefined ? (input.priceSource ?? 'builtin') : 'unknown'
  return {
    lines,
    total: input.totalCost,
    winner,
    tier: input.tier,
    alternatives: { provided, priced },
    warnings: [
      ...disagreement(provided, priced),
      ...countedTwice(input),
      ...unpriced(lines, input),
      ...missing(lines, input),
    ],
  }
}

function lineOf(kind: string, { usage, prices, providedCost, cost }: ReceiptInput): ReceiptLine {
  const tokens = usage[kind]
  const price = prices[kind]
  const priced = tokens === undefined || price === undefined ? undefined : tokens * price
  return { kind, tokens, price, priced, provided: providedCost[kind], billed: cost[kind] }
}

function sumOf(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter((amount) => amount !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, amount) => sum + amount, 0)
}

const differ = (a: number, b: number): boolean => Math.abs(a - b) > TOLERANCE * Math.max(Math.abs(a), Math.abs(b))

function disagreement(provided: number | undefined, priced: number | undefined): ReceiptWarning[] {
  if (provided === undefined || priced === undefined || !differ(provided, priced)) return []
  return [{ code: 'sources-disagree', text: 'The client’s cost and tokens × price differ by more than 1 %.' }]
}

/**
 * Cached tokens are part of the input of some providers and beside it for others; both at once is too much. What was
 * thought may be in the output in the same way.
 */
function countedTwice({ usage }: ReceiptInput): ReceiptWarning[] {
  const total = usage['total']
  const kinds = Object.keys(usage).filter((kind) => kind !== 'total')
  const sumWhere = (is: (kind: string) => boolean) =>
    kinds.filter(is).reduce((sum, kind) => sum + (usage[kind] ?? 0), 0)
  const cached = sumWhere((kind) => kind.includes('cache'))
  const thought = sumWhere((kind) => /reasoning|thought/.test(kind))
  const excess = sumWhere(() => true) - (total ?? Number.NaN)
  if (cached === 0 || (excess !== cached && excess !== cached + thought)) return []
  return [
    {
      code: 'cached-counted-twice',
      text: 'The kinds add up to more than the total, by the cached tokens: they are in the input as well.',
    },
  ]
}

function unpriced(lines: readonly ReceiptLine[], { prices }: ReceiptInput): ReceiptWarning[] {
  if (Object.keys(prices).length === 0) return []
  const without = lines
    .filter(({ tokens, price }) => tokens !== undefined && tokens > 0 && price === undefined)
    .map(({ kind }) => kind)
  return without.length === 0
    ? []
    : [{ code: 'kind-without-price', text: `The model table charges nothing for ${without.join(', ')}.` }]
}

/** What an amount that stands for a subtree holds beyond the receipt's own total; 0 when that is all. */
export function costBelow({ total = 0 }: Pick<Receipt, 'total'>, shown: number): number {
  return differ(total, shown) && shown > total ? shown - total : 0
}

function missing(lines: readonly ReceiptLine[], { totalCost }: ReceiptInput): ReceiptWarning[] {
  const billed = sumOf(lines.map((line) => line.billed))
  if (billed === undefined || totalCost === undefined || !differ(billed, totalCost)) return []
  return [{ code: 'lines-miss-total', text: 'The lines do not add up to the total, which was recorded as it is.' }]
}
