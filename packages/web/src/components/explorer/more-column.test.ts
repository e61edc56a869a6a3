import { describe, expect, test } from 'vitest'
import { colsOf, layoutOf } from './layout-text.ts'
import { moreColumns } from './more-column.tsx'
import { moreIdsOf, partsOfMoreId } from './more-id.ts'

describe('columns that the viewer added', () => {
  test.each([
    ['metadata.tier', { kind: 'metadata', key: 'tier' }],
    ['metadata.a.b', { kind: 'metadata', key: 'a.b' }],
    ['score.Tone of voice', { kind: 'score', key: 'Tone of voice' }],
    ['usage.input_cached_tokens', { kind: 'usage', key: 'input_cached_tokens' }],
    ['metadata.', undefined],
    ['name', undefined],
    ['scores', undefined],
  ])('%s', (id, parts) => expect(partsOfMoreId(id)).toEqual(parts))

  test('are told from those that every row has', () =>
    expect(moreIdsOf(['time', 'score.x', 'name', 'metadata.y'])).toEqual(['score.x', 'metadata.y']))

  test('have the value of a row, and the field that it is filtered by', () => {
    const [tier, tokens] = moreColumns<{ more?: Record<string, string> }>(['name', 'metadata.tier', 'usage.input'])
    expect(tier).toMatchObject({ label: 'tier', field: { name: 'metadata', key: 'tier' } })
    expect(tier?.value?.({ more: { 'metadata.tier': 'gold' } })).toBe('gold')
    expect(tier?.value?.({})).toBeUndefined()
    expect(tokens?.field).toBeUndefined()
  })
})

test.each([
  [['^time', 'name'], { shown: ['time', 'name'], pinned: ['time'] }],
  [[], { shown: [], pinned: [] }],
])('columns of the address %j', (cols, layout) => {
  expect(layoutOf(cols)).toEqual(layout)
  expect(colsOf(layout)).toEqual(cols)
})
