/** What an embedder made: lists of numbers that nobody reads. */
import { isBlank, isList, isObject, type JsonObject, scalarText } from './payload.ts'

export interface Embedding {
  readonly dimension: number
  /** Euclidean length. */
  readonly norm: number
  /** 32 means of neighbouring numbers, or the numbers themselves when there are fewer. */
  readonly strip: readonly number[]
}

const LEAST_DIMENSION = 16
const CELLS = 32

/** What an embedding is like, of a list of at least 16 numbers; undefined for all other. */
export function embeddingOf(value: unknown): Embedding | undefined {
  if (!isList(value) || value.length < LEAST_DIMENSION) return undefined
  const numbers = value.map((item) => (typeof item === 'string' ? Number.NaN : Number(scalarText(item) ?? Number.NaN)))
  if (numbers.some(Number.isNaN)) return undefined
  const cells = Math.min(CELLS, numbers.length)
  const strip = Array.from({ length: cells }, (_, cell) => {
    const part = numbers.slice(
      Math.floor((cell * numbers.length) / cells),
      Math.floor(((cell + 1) * numbers.length) / cells),
    )
    return part.reduce((sum, number) => sum + number, 0) / part.length
  })
  return {
    dimension: numbers.length,
    norm: Math.sqrt(numbers.reduce((sum, number) => sum + number * number, 0)),
    strip,
  }
}

export interface FoundEmbeddings {
  readonly embeddings: readonly Embedding[]
  /** What is not numbers of them; undefined when that is nothing. */
  readonly rest: unknown
}

const HOLDERS = ['embedding', 'embeddings', 'vector'] as const
const LISTS = ['data', 'embeddings', 'predictions'] as const
/** What a document has and an embedder's answer has not. */
const TEXTS = ['text', 'content', 'page_content', 'document'] as const

/** The vectors of a payload that is one, or the answer of an embedder; undefined for all other. */
export function embeddingsIn(value: unknown): FoundEmbeddings | undefined {
  if (isList(value)) return vectors(value) ?? heldByAll(value, HOLDERS)
  if (!isObject(value) || TEXTS.some((key) => key in value)) return undefined
  return heldBy(value, HOLDERS) ?? listedIn(value)
}

/** One vector, or a list of nothing but vectors. */
function vectors(value: unknown): FoundEmbeddings | undefined {
  const one = embeddingOf(value)
  if (one) return { embeddings: [one], rest: undefined }
  if (!isList(value) || value.length === 0) return undefined
  const all = value.map(embeddingOf)
  return all.every((embedding) => embedding !== undefined) ? { embeddings: all, rest: undefined } : undefined
}

/** `{embedding: […]}`, `{embedding: {values: […]}}` */
function heldBy(object: JsonObject, keys: readonly string[]): FoundEmbeddings | undefined {
  for (const key of keys) {
    const inner = object[key]
    const found = vectors(inner) ?? (isObject(inner) ? heldBy(inner, ['values']) : undefined)
    if (found) return { embeddings: found.embeddings, rest: restOf({ ...object, [key]: found.rest }) }
  }
  return undefined
}

function heldByAll(items: readonly unknown[], keys: readonly string[]): FoundEmbeddings | undefined {
  const found = items.map((item) =>
    isObject(item) && !TEXTS.some((key) => key in item) ? heldBy(item, keys) : undefined,
  )
  if (found.length === 0 || !found.every((one) => one !== undefined)) return undefined
  const rest = found.map((one) => one.rest)
  return {
    embeddings: found.flatMap((one) => one.embeddings),
    rest: rest.every((one) => one === undefined) ? undefined : rest,
  }
}

/** `{data: [{embedding: […]}, …]}`, `{embeddings: [{values: […]}, …]}` */
function listedIn(object: JsonObject): FoundEmbeddings | undefined {
  for (const key of LISTS) {
    const items = object[key]
    const found = isList(items) ? heldByAll(items, key === 'embeddings' ? ['values', ...HOLDERS] : HOLDERS) : undefined
    if (found) return { embeddings: found.embeddings, rest: restOf({ ...object, [key]: found.rest }) }
  }
  return undefined
}

/** An object without what is blank; undefined when nothing is left. */
function restOf(object: JsonObject): JsonObject | undefined {
  const fields = Object.entries(object).filter(([, value]) => !isBlank(value))
  return fields.length === 0 ? undefined : Object.fromEntries(fields)
}
