import { describe, expect, test } from 'vitest'
import { type LiveRows, mergeLive, noLiveRows, withNews } from './live-rows.ts'

const row = (id: string, time: number, name = id) => ({ id, time, name })
type Row = ReturnType<typeof row>
const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name)
const listed = [row('b', 2), row('a', 1)]
const FREE = { isHeld: false, atMs: 0 }
const HELD = { isHeld: true, atMs: 0 }
/** As many rows at each of these moments. */
const at = (count: number, timesMs: readonly number[]) => timesMs.map((atMs) => [atMs, count] as const)

describe('live rows', () => {
  test('enter at the top, the newest first, and changed ones stay in place', () => {
    const live = withNews(noLiveRows<Row>(), [row('a', 1, 'a2'), row('c', 3), row('d', 4)], FREE)
    expect(names(mergeLive(listed, live).rows)).toEqual(['d', 'c', 'b', 'a2'])
  })

  test('are held where something is read, though changes of what is shown are not', () => {
    const live = withNews(noLiveRows<Row>(), [row('a', 1, 'a2'), row('c', 3)], HELD)
    const merged = mergeLive(listed, live)
    expect(names(merged.rows)).toEqual(['b', 'a2'])
    expect(merged.heldCount).toBe(1)
  })

  test('of which many come at once are held but for the newest', () => {
    const many = Array.from({ length: 25 }, (_, place) => row(`n${place}`, 10 + place))
    const merged = mergeLive(listed, withNews(noLiveRows<Row>(), many, FREE))
    expect(merged.heldCount).toBe(5)
    expect(merged.rows[0]?.id).toBe('n24')
  })

  test('enter when they are let in', () => {
    const live = withNews(noLiveRows<Row>(), [row('c', 3)], HELD)
    expect(names(mergeLive(listed, { ...live, held: new Set() }).rows)).toEqual(['c', 'b', 'a'])
  })

  test('that are forgotten are not held any more', () => {
    const flood = Array.from({ length: 1200 }, (_, place) => row(`n${place}`, 10 + place))
    const live = withNews(withNews(noLiveRows<Row>(), [row('c', 3)], HELD), flood, HELD)
    expect([live.held.has('c'), live.held.size, live.arrived.size]).toEqual([false, 1000, 1000])
  })

  test.each<[name: string, news: readonly (readonly [atMs: number, count: number])[], entered: readonly number[]]>([
    ['that come slowly enter', at(8, [0, 400, 1000, 1400]), [8, 16, 24, 32]],
    ['that come fast enter by twenty a second', at(50, [0, 400, 800, 1000, 1400, 2500]), [20, 20, 20, 40, 40, 60]],
    ['enter as long as there is room', at(15, [0, 400, 1000]), [15, 20, 35]],
  ])('%s', (_, news, entered) => {
    let live: LiveRows<Row> = noLiveRows()
    const counts = news.map(([atMs, count]) => {
      const rows = Array.from({ length: count }, (_unused, place) => row(`${atMs} ${place}`, atMs))
      live = withNews(live, rows, { isHeld: false, atMs })
      return mergeLive([], live).rows.length
    })
    expect(counts).toEqual(entered)
  })
})
