/** Ids of spans and traces, from the shapes in which exporters send them (langfuse-ingestion contract §5.2). */

const UPPERCASE_HEX = /^(?:[0-9a-fA-F]{16}|[0-9a-fA-F]{32})$/
const ALL_ZERO = /^0+$/

/** Why a span has no usable id; part of the reason key of a refused export. */
export type IdFault = 'absent' | 'not_an_id'

export type IdResult = { readonly id: string } | { readonly fault: IdFault }

const ABSENT: IdResult = { fault: 'absent' }
const NOT_AN_ID: IdResult = { fault: 'not_an_id' }

/**
 * Reads an id of JSON: hex text (lowercased), any other text verbatim, or bytes as an array of
 * numbers or a printed Buffer.
 */
export function readId(value: unknown): IdResult {
  if (value === undefined || value === null || value === '') return ABSENT
  if (typeof value === 'string') return { id: UPPERCASE_HEX.test(value) ? value.toLowerCase() : value }
  const bytes = bytesOf(value)
  if (bytes === undefined) return NOT_AN_ID
  return bytes.length === 0 ? ABSENT : { id: Buffer.from(bytes).toString('hex') }
}

/** As `readId`; undefined for a root, whose parent is absent, empty, falsy or all zero. */
export function readParentId(value: unknown): { readonly id: string | undefined } | { readonly fault: IdFault } {
  if (!value) return { id: undefined }
  const result = readId(value)
  if ('fault' in result) return result.fault === 'absent' ? { id: undefined } : result
  return { id: parentOf(result.id) }
}

/** The parent's id, or undefined for the empty and the all-zero id, which mean none. */
export function parentOf(id: string): string | undefined {
  return id === '' || ALL_ZERO.test(id) ? undefined : id
}

function bytesOf(value: unknown): number[] | undefined {
  if (Array.isArray(value)) return value.every(isByte) ? value : undefined
  if (typeof value !== 'object' || value === null || !('type' in value) || !('data' in value)) return undefined
  return value.type === 'Buffer' && Array.isArray(value.data) ? bytesOf(value.data) : undefined
}

function isByte(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255
}
