import { describe, expect, test } from 'vitest'
import { mergeLive, noLiveRows, withNews } from './live-rows.ts'

const row = (id: string, time: number, name = id) => ({ id, time, name })
const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name)
const listed = [row('b', 2), row('a', 1)]

describe('live rows', () => {
  test('enter at the top, the newest first, and changed ones stay in place', () => {
    const live = withNews(noLiveRows<ReturnType<typeof row>>(), [row('a', 1, 'a2'), row('c', 3), row('d', 4)], false)
    expect(names(mergeLive(listed, live).rows)).toEqual(['d', 'c', 'b', 'a2'])
  })

  test('are held where something is read, though changes of what is shown are not', () => {
    const live = withNews(noLiveRows<ReturnType<typeof row>>(), [row('a', 1, 'a2'), row('c', 3)], true)
    const merged = mergeLive(listed, live)
    expect(names(merged.rows)).toEqual(['b', 'a2'])
    expect(merged.heldCount).toBe(1)
  })

  test('of which many come at once are held but for the newest', () => {
    const many = Array.from({ length: 25 }, (_, place) => row(`n${place}`, 10 + place))
    const merged = mergeLive(listed, withNews(noLiveRows<ReturnType<typeof row>>(), many, false))
    expect(merged.heldCount).toBe(5)
    expect(merged.rows[0]?.id).toBe('n24')
  })

  test('enter when they are let in', () => {
    const live = withNews(noLiveRows<ReturnType<typeof row>>(), [row('c', 3)], true)
    expect(names(mergeLive(listed, { ...live, held: new Set() }).rows)).toEqual(['c', 'b', 'a'])
  })
})
