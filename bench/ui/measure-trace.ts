/** A trace: from the key that opens it to its tree; keys, scrolling and zooming in it; what it leaves behind. */
import { setTimeout as pause } from 'node:timers/promises'
import { measureKeys } from './measure-keys.ts'
import type { OpenedTrace } from './traces.ts'
import type { OpenVisit, Visit } from './visit.ts'

const SAMPLES = 7
const LEAVING_ROUNDS = 10
/** Longer than what was read of a trace is kept after it was left. */
const FORGOTTEN_AFTER_MS = 65_000
const WHEEL_TURNS = 150
const WHEEL_PX = 240
const PRESSES = 30

export interface OpenFigures {
  /** From the key to the painted tree. */
  readonly treeMs: readonly number[]
  /** From the key to a tree that answers keys. */
  readonly aliveMs: readonly number[]
  readonly longTaskMs: readonly number[]
  readonly shift: number
}

/** Opens it from the list, each time in a new document whose scripts are in the cache. */
export async function measureOpening(open: OpenVisit, trace: OpenedTrace): Promise<OpenFigures> {
  return await open(async (visit) => {
    await openFromList(visit, trace)
    const [treeMs, aliveMs, longTaskMs, shifts]: number[][] = [[], [], [], []]
    for (let sample = 0; sample < SAMPLES; sample++) {
      const { times, longest } = await openFromList(visit, trace)
      treeMs?.push(times[0] ?? Number.NaN)
      aliveMs?.push(times[1] ?? Number.NaN)
      longTaskMs?.push(longest)
      shifts?.push(await visit.ask('shift()'))
    }
    return {
      treeMs: treeMs ?? [],
      aliveMs: aliveMs ?? [],
      longTaskMs: longTaskMs ?? [],
      shift: Math.max(...(shifts ?? [])),
    }
  })
}

async function openFromList(visit: Visit, trace: OpenedTrace) {
  const { page, ask, askAll, tell } = visit
  await visit.go(`/traces?t=7d&q=id:${trace.id}`)
  await ask('firstRows')
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('j')
  await tell('armOpen()')
  const from = await ask('now()')
  await page.keyboard.press('Enter')
  const times = await askAll("result('open')")
  await pause(1000)
  return { times, longest: Math.max(0, ...(await askAll(`longTasksSince(${from})`))) }
}

export interface UseFigures {
  readonly keysMs: readonly number[]
  readonly expandMs: readonly number[]
  readonly longTaskMs: number
  readonly scrollMs: readonly number[]
  readonly zoomMs: readonly number[]
  readonly elements: number
  readonly heapMegabytes: number
  /** Of the list before the trace was opened. */
  readonly newHeapMegabytes: number
  /** After the first ten times. */
  readonly listHeapMegabytes: number
  readonly leftHeapMegabytes: number
}

/** What it is like to work in it. */
export async function measureUse(open: OpenVisit, trace: OpenedTrace): Promise<UseFigures> {
  return await open(async (visit) => {
    await openFromList(visit, trace)
    await visit.page.keyboard.press('Home')
    const from = await visit.ask('now()')
    const keysMs = await measureKeys(visit, [...repeated('ArrowDown'), ...repeated('k'), 'End', 'Home', 'PageDown'])
    const expandMs = await measureKeys(visit, ['Home', ...repeated('ArrowLeft', 'ArrowRight', 'j')])
    const longTaskMs = Math.max(0, ...(await visit.askAll(`longTasksSince(${from})`)))
    const elements = await visit.ask('elements()')
    await visit.page.keyboard.press('Home')
    const scrollMs = await framesWhile(visit, () => scroll(visit))
    const zoomMs = await framesWhile(visit, () => zoom(visit))
    const heapMegabytes = await visit.heap()
    return { keysMs, expandMs, longTaskMs, elements, scrollMs, zoomMs, heapMegabytes, ...(await leave(visit, trace)) }
  })
}

const repeated = (...keys: readonly string[]): string[] => [...Array<undefined>(PRESSES)].flatMap(() => keys)

async function framesWhile({ tell, askAll }: Visit, work: () => Promise<void>): Promise<number[]> {
  await tell('watchFrames()')
  await work()
  return await askAll('frames()')
}

async function scroll({ page }: Visit): Promise<void> {
  await page.getByRole('tree').hover()
  for (let turn = 0; turn < WHEEL_TURNS; turn++) await page.mouse.wheel(0, WHEEL_PX)
}

/** With the wheel over the bars, in and out again. */
async function zoom({ page }: Visit): Promise<void> {
  const box = await page.getByRole('tree').boundingBox()
  if (!box) throw new Error('There is no tree')
  await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2)
  await page.keyboard.down('Control')
  for (let turn = 0; turn < WHEEL_TURNS; turn++) await page.mouse.wheel(0, turn < WHEEL_TURNS / 2 ? -40 : 40)
  await page.keyboard.up('Control')
}

/** In and out of it, in one document: ten times, after which its compiled code is there to stay, then ten more. */
async function leave(visit: Visit, trace: OpenedTrace) {
  const { page, ask } = visit
  await visit.go(`/traces?t=7d&q=id:${trace.id}`)
  await ask('firstRows')
  await page.waitForLoadState('networkidle')
  const newHeapMegabytes = await visit.heap()
  await inAndOut(visit)
  const listHeapMegabytes = await visit.heap()
  await inAndOut(visit)
  return { newHeapMegabytes, listHeapMegabytes, leftHeapMegabytes: await visit.heap() }
}

/** Ten times, and until what was read has been forgotten. */
async function inAndOut({ page }: Visit): Promise<void> {
  for (let round = 0; round < LEAVING_ROUNDS; round++) {
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('treeitem').first().waitFor()
    await page.goBack()
    await page.getByRole('grid').waitFor()
  }
  await pause(FORGOTTEN_AFTER_MS)
}
