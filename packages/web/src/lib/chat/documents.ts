/** What a retriever found: a list that is not read as JSON. */
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

/** What stands beside the list of documents. */
export function besideDocuments(value: unknown): JsonObject {
  const [key] = listIn(value)?.path ?? []
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) : {}
}

function listIn(value: unknown): { readonly list: readonly unknown[]; readonly path: Path } | undefined {
  if (isList(value)) return { list: value, path: [] }
  if (!isObject(value)) return undefined
  const key = LISTS.find((known) => isList(value[known]))
  const inner = key === undefined ? undefined : value[key]
  return key !== undefined && isList(inner) ? { list: inner, path: [key] } : undefined
}

/** Also of a number as text; undefined for what is none. */
function numberIn(value: unknown): number | undefined {
  const text = typeof value === 'boolean' ? undefined : scalarText(value)
  const number = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isNaN(number) ? undefined : number
}

function documentOf(item: unknown, path: Path): RetrievedDocument | undefined {
  // LangChain and others give pairs of a document and its score.
  const paired = isList(item) && item.length === 2 ? numberIn(item[1]) : undefined
  if (isList(item) && paired !== undefined) {
    const document = documentOf(item[0], path)
    return document && { ...document, score: paired }
  }
  if (!isObject(item) || 'role' in item) return undefined
  const fields = flattened(item)
  const textKey = TEXTS.find((key) => typeof fields.get(key) === 'string')
  const scoreKey = SCORES.find((key) => numberIn(fields.get(key)) !== undefined)
  if (textKey === undefined || (scoreKey === undefined && !INNER.some((key) => isObject(item[key])))) return undefined
  const [idKey, titleKey] = [IDS, TITLES].map((keys) => keys.find((key) => scalarText(fields.get(key)) !== undefined))
  const used = new Set<string | undefined>([textKey, scoreKey, idKey, titleKey])
  return {
    text: String(fields.get(textKey)),
    id: scalarText(fields.get(idKey ?? '')),
    title: scalarText(fields.get(titleKey ?? '')),
    score: numberIn(fields.get(scoreKey ?? '')),
    metadata: Object.fromEntries([...fields].filter(([key]) => !used.has(key))),
    path,
  }
}

/** An object, and the name of the field that holds it. */
interface Layer {
  readonly name: string
  readonly object: JsonObject
}

/** The fields of the item and of what it wraps, two layers deep; of one name the outer goes first, the others say whose they are. */
function flattened(item: JsonObject): ReadonlyMap<string, unknown> {
  const outer: Layer = { name: '', object: item }
  const inner = wrappedIn(outer)
  const innermost = inner.flatMap(wrappedIn)
  const fields = new Map<string, unknown>()
  const add = ({ name, object }: Layer, isWhole: boolean) => {
    for (const [key, value] of Object.entries(object)) {
      if (!isWhole && isInner(key) && isObject(value)) continue
      const isTold =
        fields.has(key) && scalarText(value) !== undefined && scalarText(fields.get(key)) === scalarText(value)
      if (!isTold) fields.set(freeName(fields, key, name), value)
    }
  }
  for (const layer of [outer, ...inner]) add(layer, false)
  for (const layer of innermost) add(layer, true)
  return fields
}

function freeName(fields: ReadonlyMap<string, unknown>, key: string, holder: string): string {
  let name = key
  while (fields.has(name)) name = `${holder}.${name}`
  return name
}

const wrappedIn = ({ object }: Layer): Layer[] =>
  INNER.flatMap((name) => {
    const inner = object[name]
    return isObject(inner) ? [{ name, object: inner }] : []
  })

const isInner = (key: string): boolean => INNER.some((known) => known === key)
