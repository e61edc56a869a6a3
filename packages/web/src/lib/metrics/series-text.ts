/**
 * A series as a line of text: `p99(kv_cache_usage{model_uid=m1,node_id=gpu-a}) by node_id`. Names and values with
 * other characters than letters, digits and `_.:/-` stand in JSON quotes. Printing and parsing are each other's inverse.
 */
import { METRIC_AGGREGATION_NAMES } from '@xtrace/contract'

export type Aggregation = (typeof METRIC_AGGREGATION_NAMES)[number]

export interface SeriesSpec {
  readonly aggregation: Aggregation
  readonly metric: string
  /** A series counts when it has all of these. */
  readonly labels: readonly (readonly [key: string, value: string])[]
  /** Label keys; none: one line for each set of labels. */
  readonly by: readonly string[]
}

export type ParsedSeries =
  | { readonly ok: true; readonly spec: SeriesSpec }
  | { readonly ok: false; readonly reason: string }

const BARE = /^[\w.:/-]+$/
const TOKEN = /\s*(?:([\w.:/-]+)|("(?:[^"\\]|\\.)*")|([(){}=,])|(\S))/gy

const word = (text: string): string => (BARE.test(text) ? text : JSON.stringify(text))

export function printSeries({ aggregation, metric, labels, by }: SeriesSpec): string {
  const where = labels.length === 0 ? '' : `{${labels.map(([key, value]) => `${word(key)}=${word(value)}`).join(',')}}`
  const groups = by.length === 0 ? '' : ` by ${by.map(word).join(',')}`
  return `${aggregation}(${word(metric)}${where})${groups}`
}

/** Reads a line; a metric's name alone is its average. What it says of broken lines is for the reader. */
export function parseSeries(text: string): ParsedSeries {
  const reader = new Reader(text)
  try {
    return { ok: true, spec: readSpec(reader) }
  } catch (error) {
    if (error instanceof BrokenSeries) return { ok: false, reason: error.message }
    throw error
  }
}

class BrokenSeries extends Error {}

function readSpec(reader: Reader): SeriesSpec {
  const first = reader.word('a metric or an aggregation')
  if (!reader.takes('(')) {
    const spec: SeriesSpec = { aggregation: 'avg', metric: first, labels: readLabels(reader), by: readBy(reader) }
    reader.ends()
    return spec
  }
  const aggregation = METRIC_AGGREGATION_NAMES.find((name) => name === first)
  if (!aggregation) throw new BrokenSeries(`“${first}” is none of ${METRIC_AGGREGATION_NAMES.join(', ')}`)
  const metric = reader.word('the name of a metric')
  const labels = readLabels(reader)
  reader.wants(')')
  const by = readBy(reader)
  reader.ends()
  return { aggregation, metric, labels, by }
}

function readLabels(reader: Reader): [string, string][] {
  const labels: [string, string][] = []
  if (!reader.takes('{') || reader.takes('}')) return labels
  do {
    const key = reader.word('a label')
    reader.wants('=')
    labels.push([key, reader.word(`a value of ${key}`)])
  } while (reader.takes(','))
  reader.wants('}')
  return labels
}

function readBy(reader: Reader): string[] {
  if (!reader.takesWord('by')) return []
  const by = [reader.word('a label to group by')]
  while (reader.takes(',')) by.push(reader.word('a label to group by'))
  return by
}

interface Token {
  readonly kind: 'word' | 'mark'
  readonly text: string
}

class Reader {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(text: string) {
    this.#tokens = [...text.trim().matchAll(TOKEN)].map(toToken)
  }

  word(wanted: string): string {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'word') throw new BrokenSeries(`${wanted} is missing${this.#where()}`)
    this.#at++
    return token.text
  }

  takes(mark: string): boolean {
    return this.#take('mark', mark)
  }

  takesWord(text: string): boolean {
    return this.#take('word', text)
  }

  wants(mark: string): void {
    if (!this.takes(mark)) throw new BrokenSeries(`“${mark}” is missing${this.#where()}`)
  }

  ends(): void {
    const token = this.#tokens[this.#at]
    if (token) throw new BrokenSeries(`“${token.text}” is too much`)
  }

  #take(kind: Token['kind'], text: string): boolean {
    const token = this.#tokens[this.#at]
    if (token?.kind !== kind || token.text !== text) return false
    this.#at++
    return true
  }

  #where(): string {
    const token = this.#tokens[this.#at]
    return token ? ` before “${token.text}”` : ' at the end'
  }
}

function toToken([, bare, quoted, mark, other]: RegExpMatchArray): Token {
  if (bare !== undefined) return { kind: 'word', text: bare }
  if (quoted !== undefined) return { kind: 'word', text: unquoted(quoted) }
  return { kind: 'mark', text: mark ?? other ?? '' }
}

function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted.slice(1, -1)
  }
}
