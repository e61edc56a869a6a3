/**
 * Figures for Prometheus. Each part of the program makes its own instruments from the `Metrics` it
 * is handed; there is no global registry, so that two programs in one process don't mix.
 * Labels have few values by nature: codes, routes, table names; never an id or a message.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

type Labels<Name extends string> = Readonly<Record<Name, string>>

export interface CounterMetric<Name extends string> {
  /** Adds `by`, 1 when absent. A counter with labels needs all of them. */
  inc(labels: Labels<Name>, by?: number): void
}

interface HistogramMetric<Name extends string> {
  observe(labels: Labels<Name>, value: number): void
}

interface HistogramOptions<Name extends string> {
  readonly labels?: readonly Name[]
  /** Upper bounds, ascending, in the unit that the name ends with. */
  readonly buckets: readonly number[]
}

/** Every name MUST be made once only: a second time throws. */
export interface Metrics {
  counter<Name extends string = never>(name: string, help: string, labels?: readonly Name[]): CounterMetric<Name>
  /** `collect` is asked at every scrape and gives the value as it is then. */
  gauge(name: string, help: string, collect: () => number | Promise<number>): void
  histogram<Name extends string = never>(
    name: string,
    help: string,
    options: HistogramOptions<Name>,
  ): HistogramMetric<Name>
  /** All instruments in Prometheus text format 0.0.4. */
  text(): Promise<string>
}

export const METRICS_CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

/**
 * Between two looks at the event loop. Each wakes the process: at prom-client's 10 ms they are half of what an idle
 * server does. Lags are counted from the look before, so that a loop that nothing holds up shows this much.
 */
const LOOP_LOOK_MS = 50

/** A registry of its own, with the figures of the process (CPU, memory, event loop, garbage collection). */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_LOOK_MS })
  return {
    counter<Name extends string = never>(name: string, help: string, labels: readonly Name[] = []) {
      const counter = new Counter<Name>({ name, help, labelNames: labels, registers: [registry] })
      return { inc: (values: Labels<Name>, by = 1) => counter.inc(values, by) }
    },
    gauge(name, help, collect) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        collect: async () => gauge.set(await collect()),
      })
    },
    histogram<Name extends string = never>(name: string, help: string, options: HistogramOptions<Name>) {
      const { labels = [], buckets } = options
      const histogram = new Histogram<Name>({
        name,
        help,
        labelNames: labels,
        buckets: [...buckets],
        registers: [registry],
      })
      return { observe: (values: Labels<Name>, value) => histogram.observe(values, value) }
    },
    text: () => registry.metrics(),
  }
}

const nothing = () => {}

/** Counts nothing; for tests. */
export const nopMetrics: Metrics = {
  counter: () => ({ inc: nothing }),
  gauge: nothing,
  histogram: () => ({ observe: nothing }),
  text: async () => '',
}
