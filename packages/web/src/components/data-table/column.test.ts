import { describe, expect, test } from 'vitest'
import {
  type Column,
  gridTemplate,
  moveColumn,
  nextSort,
  pinColumn,
  pinnedPlaces,
  resizeColumn,
  shownColumns,
  tableWidth,
  toggleColumn,
} from './column.ts'

const column = (id: string, isHidden = false): Column<unknown> => ({
  id,
  label: id,
  width: 100,
  isHidden,
  cell: () => id,
})
const columns = [column('a'), column('b'), column('c', true), column('d')]
const ids = (layout: Parameters<typeof shownColumns>[1]) => shownColumns(columns, layout).map(({ id }) => id)

describe('columns', () => {
  test.each([
    ['as they come', {}, ['a', 'b', 'd']],
    ['as chosen', { shown: ['d', 'c'] }, ['d', 'c']],
    ['without those that are gone', { shown: ['x', 'a'] }, ['a']],
    ['none', { shown: [] }, []],
  ])('shown %s', (_, layout, expected) => {
    expect(ids(layout)).toEqual(expected)
  })

  test('those that are pinned come first, one behind the other', () => {
    const pinned = pinColumn(columns, pinColumn(columns, { widths: { d: 40 } }, 'd'), 'b')
    expect(ids(pinned)).toEqual(['d', 'b', 'a'])
    expect([...pinnedPlaces(shownColumns(columns, pinned), pinned, 32)]).toEqual([
      ['d', 32],
      ['b', 72],
    ])
    expect(tableWidth(shownColumns(columns, pinned), pinned)).toBe(240)
    expect(pinColumn(columns, pinned, 'd').pinned).toEqual(['b'])
  })

  test('one that comes back comes last', () => {
    const without = toggleColumn(columns, {}, 'a')
    expect(ids(without)).toEqual(['b', 'd'])
    expect(ids(toggleColumn(columns, without, 'a'))).toEqual(['b', 'd', 'a'])
  })

  test.each([
    ['to the right', 'a', 1, ['b', 'a', 'd']],
    ['no further than the end', 'a', 9, ['b', 'd', 'a']],
    ['no further than the beginning', 'd', -9, ['d', 'a', 'b']],
    ['not when hidden', 'c', 1, ['a', 'b', 'd']],
  ])('moves %s', (...[, id, by, expected]) => {
    expect(ids(moveColumn(columns, {}, { id, by }))).toEqual(expected)
  })

  test('widths are kept within bounds, and the last takes the rest', () => {
    const layout = resizeColumn(resizeColumn({}, 'a', 3), 'b', 220.4)
    expect(gridTemplate(shownColumns(columns, layout), layout)).toBe('48px 220px minmax(100px, 1fr)')
  })

  test.each([
    [undefined, '-time'],
    ['-time', 'time'],
    ['time', '-time'],
    ['-cost', '-time'],
  ])('after %s the head sorts by %s', (sort, expected) => {
    expect(nextSort(sort, 'time')).toBe(expected)
  })
})
