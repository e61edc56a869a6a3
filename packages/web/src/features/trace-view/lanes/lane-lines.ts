import type { MetricSeriesDto } from '@xtrace/contract'
import { type LaneLine, laneLine } from '#lib/metrics/lane.ts'

/** What the server answered as lines, over time since `originMs`. A bucket of `stepMs` is drawn in its middle. */
export function laneLines(
  { data }: Pick<MetricSeriesDto, 'data'>,
  { originMs, stepMs }: { readonly originMs: number; readonly stepMs: number },
): LaneLine[] {
  const keys = tellingKeys(data)
  return data.map(({ labels, values }) => {
    const points = values.map(({ timestamp, value }) => ({ ms: Date.parse(timestamp) + stepMs / 2 - originMs, value }))
    return laneLine(labelOf(labels, keys), points, stepMs)
  })
}

/** The keys that tell lines apart: one that does so alone, else all that are not the same everywhere. */
function tellingKeys(data: MetricSeriesDto['data']): readonly string[] {
  const keys = Object.keys(data[0]?.labels ?? {}).toSorted()
  if (data.length < 2) return keys
  const valuesOf = (key: string) => new Set(data.map(({ labels }) => labels[key])).size
  const alone = keys.find((key) => valuesOf(key) === data.length)
  return alone === undefined ? keys.filter((key) => valuesOf(key) > 1) : [alone]
}

/** `gpu-a`, or `llama gpu-a` where it takes several labels. */
const labelOf = (labels: MetricSeriesDto['data'][number]['labels'], keys: readonly string[]): string =>
  keys.map((key) => labels[key] ?? `no ${key}`).join(' ')
