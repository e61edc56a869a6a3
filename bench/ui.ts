import { pageOf, pageSizes } from '../packages/server/test/ui-browser/page-size.ts'
import { type AimName, verdict } from './budgets.ts'
import { type Bench, progress } from './lib/bench.ts'
import { inNewFolder } from './lib/folders.ts'
import type { Options } from './lib/options.ts'
import type { Table } from './lib/report.ts'
import { onClone, type Seeded, seeded } from './lib/seeded.ts'
import { figure, median, percentile, spread } from './lib/statistics.ts'
import { startXtrace, type Xtrace } from './targets/xtrace.ts'
import { type ListFigures, measureList } from './ui/measure-list.ts'
import { type LiveFigures, measureLive } from './ui/measure-live.ts'
import { measureOpening, measureUse, type OpenFigures, type UseFigures } from './ui/measure-trace.ts'
import { sendTrace } from './ui/traces.ts'
import { withBrowser } from './ui/visit.ts'

const SMALL_TRACE = 50
const LARGE_TRACE = 30_000

type Row = readonly [what: string, figure: string, aim: string]

export const uiBench: Bench = {
  name: 'ui',
  measures: 'the web interface in a real browser: sizes, first rows, filters, traces, keys, frames, memory, live rows',
  run: (options) =>
    options.seeds === undefined ? inNewFolder((folder) => onSeeded(options, folder)) : onSeeded(options, options.seeds),
}

async function onSeeded(options: Options, folder: string): Promise<Table[]> {
  const {
    observations: [observations = 1e6],
    seedPayload: payloadBytes,
    observationsPerDay,
  } = options
  const store = await seeded({ folder, observations, payloadBytes, observationsPerDay })
  return [await onClone(store, (dataDir) => onServer({ dataDir, store, options }))]
}

interface Run {
  readonly dataDir: string
  readonly store: Seeded
  readonly options: Options
}

async function onServer({ dataDir, store, options }: Run): Promise<Table> {
  const server = await startXtrace({ dataDir })
  try {
    return tableOf(await rowsOf(server, options), store, options)
  } finally {
    await server.stop()
  }
}

async function rowsOf(server: Xtrace, { liveSeconds }: Options): Promise<Row[]> {
  const small = await sendTrace(server, SMALL_TRACE)
  const large = await sendTrace(server, LARGE_TRACE)
  progress('ui: traces are there')
  return await withBrowser(server, async (open) => {
    const list = await measureList(open)
    progress(`ui: list, first rows ${figure(median(list.coldMs))} ms cold, ${figure(median(list.warmMs))} warm`)
    const smallOpening = await measureOpening(open, small)
    const largeOpening = await measureOpening(open, large)
    progress(`ui: ${LARGE_TRACE} observations open in ${figure(median(largeOpening.aliveMs))} ms`)
    const use = await measureUse(open, large)
    progress(`ui: keys ${figure(percentile(use.keysMs, 0.75))} ms, frames ${figure(median(use.scrollMs))} ms`)
    const live = await measureLive(open, server, liveSeconds)
    return [
      ...sizeRows(server.webDir),
      ...listRows(list),
      ...openingRows(SMALL_TRACE, smallOpening, 'ui.open.small'),
      ...openingRows(LARGE_TRACE, largeOpening, 'ui.open.large'),
      ...useRows(use),
      ...liveRows(live, liveSeconds),
    ]
  })
}

function sizeRows(webDir: string): Row[] {
  const { script, style } = pageSizes(webDir)
  const list = pageOf('traces/traces-page')
  const trace = pageOf('trace-view/trace-page')
  const detail = pageOf('trace-view/trace-page', 'trace-view/detail/detail-panel')
  const row = (what: string, bytes: number, aim: AimName): Row => [
    `${what}, kB gzipped`,
    figure(bytes / 1000),
    verdict(aim, bytes / 1000),
  ]
  const settings = ['general', 'keys', 'members', 'system', 'appearance'].map((page) =>
    script(pageOf('settings/settings-frame', `settings/${page}-page`), list),
  )
  return [
    row('script: sign-in', script(['signin.html']), 'ui.script.signIn'),
    row('script: list of traces', script(list), 'ui.script.list'),
    row('script: a trace, beyond the list', script(trace, list), 'ui.script.trace'),
    row('script: charts', script(['src/components/chart/plot.tsx'], list), 'ui.script.charts'),
    row('script: Markdown', script(['src/components/conversation/markdown.tsx'], detail), 'ui.script.markdown'),
    row('script: graph', script(['src/features/trace-view/graph/graph-view.tsx'], trace), 'ui.script.graph'),
    row('script: the largest page of the settings', Math.max(...settings), 'ui.script.settings'),
    row('style', style(list), 'ui.style'),
  ]
}

/** The median, and how far apart they lie. */
const timed = (what: string, times: readonly number[], aim?: AimName): Row => [
  `${what}, ms`,
  spread(times),
  verdict(aim, median(times)),
]

function listRows(list: ListFigures): Row[] {
  return [
    timed('list, all of it: navigation → first rows, nothing cached', list.coldMs, 'ui.list.cold'),
    timed('the same, scripts cached', list.warmMs, 'ui.list.warm'),
    timed('the same, the last day', list.warmDayMs, 'ui.list.warm'),
    timed('link on another page → first rows', list.fromLinkMs, 'ui.list.warm'),
    timed('filter → its rows', list.filterMs, 'ui.list.filter'),
    ...keyRows('list: j, k', list.keysMs),
    ...keyRows('list: peek', list.peekMs),
    ['list: layout shift', figure(list.shift), verdict('ui.shift', list.shift)],
    ['list: JavaScript heap, MB', figure(list.heapMegabytes), verdict('ui.heap.list', list.heapMegabytes)],
  ]
}

function openingRows(observations: number, { treeMs, aliveMs, longTaskMs, shift }: OpenFigures, aim: AimName): Row[] {
  const trace = `trace of ${observations.toLocaleString('en')}`
  return [
    timed(`${trace}: Enter → tree painted`, treeMs),
    timed(`${trace}: Enter → tree painted and keys alive`, aliveMs, aim),
    timed(`${trace}: the longest task meanwhile`, longTaskMs, 'ui.longTask'),
    [`${trace}: layout shift`, figure(shift), verdict('ui.shift', shift)],
  ]
}

/** What most presses took, and the worst. */
function keyRows(what: string, times: readonly number[]): Row[] {
  const [p75, max] = [percentile(times, 0.75), Math.max(...times)]
  return [
    [`${what}: key → paint, p75 ms`, figure(p75), verdict('ui.keys.p75', p75)],
    [`${what}: key → paint, max ms`, figure(max), verdict('ui.keys.max', max)],
  ]
}

function frameRows(what: string, frames: readonly number[]): Row[] {
  const [p50, p95] = [median(frames), percentile(frames, 0.95)]
  return [
    [`${what}: a frame, median ms`, figure(p50), verdict('ui.frame.p50', p50)],
    [`${what}: a frame, p95 ms`, figure(p95), verdict('ui.frame.p95', p95)],
  ]
}

function useRows(use: UseFigures): Row[] {
  const trace = `trace of ${LARGE_TRACE.toLocaleString('en')}`
  const left = use.leftHeapMegabytes / use.listHeapMegabytes
  return [
    ...keyRows(`${trace}: up and down`, use.keysMs),
    ...keyRows(`${trace}: open and close`, use.expandMs),
    [`${trace}: the longest task meanwhile, ms`, figure(use.longTaskMs), verdict('ui.longTask', use.longTaskMs)],
    ...frameRows(`${trace}: scrolling`, use.scrollMs),
    ...frameRows(`${trace}: zooming`, use.zoomMs),
    [`${trace}: elements in the document`, figure(use.elements), verdict('ui.elements', use.elements)],
    [`${trace}: JavaScript heap, MB`, figure(use.heapMegabytes), verdict('ui.heap.trace', use.heapMegabytes)],
    [
      'ten more times in and out of it, a minute later: heap over that after the first ten, ×',
      `${figure(left)} (${figure(use.leftHeapMegabytes)} over ${figure(use.listHeapMegabytes)} MB; ${figure(use.newHeapMegabytes)} before them)`,
      verdict('ui.heap.left', left),
    ],
  ]
}

function liveRows({ growthMegabytes, keysMs, tracesPerSecond }: LiveFigures, seconds: number): Row[] {
  const live = `live list, ${figure(tracesPerSecond)} traces/s for ${seconds} s`
  return [
    [`${live}: growth of the heap, MB`, figure(growthMegabytes), verdict('ui.live.growth', growthMegabytes)],
    ...keyRows(live, keysMs),
  ]
}

function tableOf(rows: readonly Row[], store: Seeded, { liveSeconds }: Options): Table {
  return {
    title: `ui: ${store.options.observations.toLocaleString('en')} observations in the store`,
    columns: ['what', 'figure', 'aim'],
    rows,
    notes: [
      `Chromium without a screen and without a GPU, 1440 × 900, no throttling, on the machine of the server; 1 kB is 1000 bytes. Medians, least and greatest in brackets. All of the list: \`t=90d\`. A trace is opened from the list by Enter, each time in a new document with its scripts cached; keys are alive once a press of \`j\` has been painted. Presses under 16 ms count as 16. Layout shift: the median of loads of the list, the greatest of openings. Live: ${liveSeconds} s after the first 10.`,
    ],
  }
}
