import { describe, expect, test } from 'vitest'
import { isChanged, stateOfView, viewOf } from './view-state.ts'

describe('saved views', () => {
  test('say again what they were made of', () => {
    const state = { q: 'level:error', sort: '-cost', t: '7d', chart: 'p90' } as const
    const cols = ['^time', 'name', 'metadata.a,b %']
    const saved = viewOf(state, cols)
    expect(stateOfView(saved)).toEqual({ ...state, cols })
    expect(stateOfView({ chart: 'nonsense' }).chart).toBeUndefined()
    expect(isChanged(saved, viewOf(state, cols))).toBe(false)
  })

  test.each([
    ['another filter', { q: 'level:warning' }, ['time']],
    ['no filter', {}, ['time']],
    ['another order', { q: 'level:error', sort: '-cost' }, ['time']],
    ['another chart', { q: 'level:error', chart: 'cost' } as const, ['time']],
    ['other columns', { q: 'level:error' }, ['time', 'cost']],
  ])('are changed by %s', (...[, state, shown]) => {
    expect(isChanged(viewOf({ q: 'level:error' }, ['time']), viewOf(state, shown))).toBe(true)
  })
})
