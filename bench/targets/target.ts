/** A server under test: ours or a peer's, in its own process with an empty store. */

import type { Usage } from '../lib/process.ts'
import type { Format } from '../load/bodies.ts'
import type { LoadSpec } from '../load/protocol.ts'

export interface Target {
  readonly name: string
  readonly url: string
  readonly authorization: string
  readonly readyMs: number
  /** Where bodies of a format go; absent for those it does not take. */
  readonly paths: Readonly<Partial<Record<Format, string>>>
  /** Observations that a reader of its API is told of. */
  countObservations(): Promise<number>
  /** Points of the gauge that the load generator writes, as a reader is told. */
  countPoints?(): Promise<number>
  usage(): Promise<Usage>
  /** What it keeps on disk, its database included. */
  bytesOnDisk(): Promise<number>
  stop(): Promise<void>
}

const CONTENT_TYPES: Readonly<Record<Format, string>> = {
  legacy: 'application/json',
  native: 'application/json',
  metrics: 'application/json',
  'otlp-json': 'application/json',
  'otlp-protobuf': 'application/x-protobuf',
  openinference: 'application/x-protobuf',
}

/** What a load needs to know of the target. */
export function loadOn(target: Target, load: Omit<LoadSpec, 'url' | 'headers'>): LoadSpec {
  const path = target.paths[load.format]
  if (path === undefined) throw new Error(`${target.name} takes no ${load.format}`)
  return {
    ...load,
    url: `${target.url}${path}`,
    headers: {
      authorization: target.authorization,
      'content-type': CONTENT_TYPES[load.format],
      ...(load.format === 'openinference' && { 'content-encoding': 'gzip' }),
    },
  }
}

/** GET as JSON. @throws Error for any status but 200 */
export async function getJson(target: Pick<Target, 'url' | 'authorization'>, path: string): Promise<unknown> {
  const answer = await fetch(`${target.url}${path}`, { headers: { authorization: target.authorization } })
  const body = await answer.text()
  if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${body.slice(0, 300)}`)
  return JSON.parse(body)
}

/** A number inside JSON, by its keys. @throws Error where there is none */
export function numberAt(json: unknown, ...keys: readonly string[]): number {
  let value: unknown = json
  for (const key of keys) {
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined
  }
  if (typeof value !== 'number')
    throw new Error(`${keys.join('.')} is no number: ${JSON.stringify(json).slice(0, 200)}`)
  return value
}
