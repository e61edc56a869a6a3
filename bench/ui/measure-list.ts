/** The list of traces: from the navigation, a filter or a link to its rows; keys; layout. */
import { median } from '../lib/statistics.ts'
import { measureKeys } from './measure-keys.ts'
import type { OpenVisit, Visit } from './visit.ts'

const SAMPLES = 10
/** Each filter is asked once: the second time its rows would be there already. */
const NAMES = ['summarise', 'plan-trip', 'review-code', 'extract-invoice', 'route-ticket', 'chat', 'answer-question']
const PRESSES = 40
/** Everything that is seeded. */
const WHOLE = '/traces?t=90d'
const DAY = '/traces'

export interface ListFigures {
  readonly coldMs: readonly number[]
  readonly warmMs: readonly number[]
  readonly warmDayMs: readonly number[]
  /** From another page of the same document. */
  readonly fromLinkMs: readonly number[]
  readonly filterMs: readonly number[]
  readonly keysMs: readonly number[]
  readonly peekMs: readonly number[]
  readonly shift: number
  readonly heapMegabytes: number
}

export async function measureList(open: OpenVisit): Promise<ListFigures> {
  const cold = await several(() => open((visit) => firstRows(visit, WHOLE)))
  return await open(async (visit) => {
    await firstRows(visit, WHOLE)
    const warm = await several(() => firstRows(visit, WHOLE))
    const warmDay = await several(() => firstRows(visit, DAY))
    const fromLink = await several(() => fromSessions(visit))
    const filters = await measureFilters(visit)
    await firstRows(visit, WHOLE)
    const heapMegabytes = await visit.heap()
    const keysMs = await measureKeys(visit, [...Array<string>(PRESSES).fill('j'), ...Array<string>(PRESSES).fill('k')])
    const peekMs = await measureKeys(
      visit,
      [...Array<string>(4)].flatMap(() => ['j', 'Space', 'Escape']),
    )
    return {
      coldMs: cold.map(({ ms }) => ms),
      warmMs: warm.map(({ ms }) => ms),
      warmDayMs: warmDay.map(({ ms }) => ms),
      fromLinkMs: fromLink,
      filterMs: filters,
      keysMs,
      peekMs,
      shift: median([...cold, ...warm].map(({ shift }) => shift)),
      heapMegabytes,
    }
  })
}

async function several<T>(measure: () => Promise<T>): Promise<T[]> {
  const figures: T[] = []
  while (figures.length < SAMPLES) figures.push(await measure())
  return figures
}

async function firstRows(visit: Visit, path: string): Promise<{ ms: number; shift: number }> {
  await visit.go(path)
  const ms = await visit.ask('firstRows')
  await visit.page.waitForLoadState('networkidle')
  return { ms, shift: await visit.ask('shift()') }
}

async function fromSessions({ page, go, tell, ask }: Visit): Promise<number> {
  await go('/sessions')
  await page.getByRole('grid').waitFor()
  await page.waitForLoadState('networkidle')
  await tell('armClick()')
  await page.getByRole('link', { name: 'Traces', exact: true }).first().click()
  return await ask("result('click')")
}

async function measureFilters(visit: Visit): Promise<number[]> {
  const { page, tell, ask } = visit
  const times: number[] = []
  await firstRows(visit, WHOLE)
  for (const name of NAMES) {
    const field = page.getByRole('combobox', { name: 'Filter traces' })
    await field.fill(`name:${name} `)
    await page.waitForLoadState('networkidle')
    await tell(`armFilter(${JSON.stringify(name)})`)
    await field.press('Enter')
    times.push(await ask("result('filter')"))
  }
  return times
}
