/** What a retriever found and what an embedder made: lists that are not read as JSON. */
import { isList, isObject, type JsonObject, scalarText } from './payload.ts'
import type { Path } from './slot.ts'

export interface RetrievedDocument {
  readonly text: string
  readonly id: string | undefined
  readonly title: string | undefined
  readonly score: number | undefined
  /** All other fields. */
  readonly metadata: JsonObject
  readonly path: Path
}

const TEXTS = [
  'page_content',
  'pageContent',
  'text',
  'content',
  'document.content',
  'chunk',
  'body',
  'snippet',
] as const
const SCORES = [
  'score',
  'relevance_score',
  'relevanceScore',
  'similarity',
  '@search.score',
  'document.score',
  '_score',
] as const
const IDS = ['id', 'doc_id', 'id_', 'node_id', 'document.id', '_id'] as const
const TITLES = ['title', 'name', 'file_name', 'source', 'url'] as const
const INNER = ['metadata', 'document', 'node', '_source'] as const
const LISTS = [
  'documents',
  'results',
  'nodes',
  'source_nodes',
  'matches',
  'hits',
  'chunks',
  'context',
  'retrieval.documents',
  'output',
  'data',
] as const

/**
 * Ranked documents of a list of objects with text and a score or metadata; undefined for other lists.
 * Lists of messages are none: those have roles.
 */
export function documentsOf(value: unknown): readonly RetrievedDocument[] | undefined {
  const at = listIn(value)
  if (!at || at.list.length === 0) return undefined
  const documents = at.list.map((item, index) => documentOf(item, [...at.path, index]))
  return documents.every((document) => document !== undefined) ? documents : undefined
}

function listIn(value: unknown): { readonly list: readonly unknown[]; readonly path: Path } | undefined {
  if (isList(value)) return { list: value, path: [] }
  if (!isObject(value)) return undefined
  const key = LISTS.find((known) => isList(value[known]))
  const inner = key === undefined ? undefined : value[key]
  return key !== undefined && isList(inner) ? { list: inner, path: [key] } : undefined
}

function documentOf(item: unknown, path: Path): RetrievedDocument | undefined {
  // LangChain and others give pairs of a document and its score.
  if (isList(item) && item.length === 2 && typeof item[1] === 'number') {
    const document = documentOf(item[0], path)
    return document && { ...document, score: item[1] }
  }
  if (!isObject(item) || 'role' in item) return undefined
  const fields = flattened(item)
  const textKey = TEXTS.find((key) => typeof fields.get(key) === 'string')
  const scoreKey = SCORES.find((key) => scalarText(fields.get(key)) !== undefined)
  if (textKey === undefined || (scoreKey === undefined && !INNER.some((key) => isObject(item[key])))) return undefined
  const [idKey, titleKey] = [IDS, TITLES].map((keys) => keys.find((key) => scalarText(fields.get(key)) !== undefined))
  const used = new Set<string | undefined>([textKey, scoreKey, idKey, titleKey])
  const score = Number(scalarText(fields.get(scoreKey ?? '')) ?? Number.NaN)
  return {
    text: String(fields.get(textKey)),
    id: scalarText(fields.get(idKey ?? '')),
    title: scalarText(fields.get(titleKey ?? '')),
    score: Number.isNaN(score) ? undefined : score,
    metadata: Object.fromEntries([...fields].filter(([key]) => !used.has(key))),
    path,
  }
}

/** The fields of the item and of what it wraps, two layers deep; the outer ones go first. */
function flattened(item: JsonObject): Map<string, unknown> {
  const inner = wrappedIn(item)
  const fields = new Map<string, unknown>()
  for (const object of [item, ...inner, ...inner.flatMap(wrappedIn)]) {
    const plain = Object.entries(object).filter(([key, value]) => !(isInner(key) && isObject(value)))
    for (const [key, value] of plain) if (!fields.has(key)) fields.set(key, value)
  }
  return fields
}

const wrappedIn = (item: JsonObject): JsonObject[] => INNER.map((key) => item[key]).filter(isObject)

const isInner = (key: string): boolean => INNER.some((known) => known === key)

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
