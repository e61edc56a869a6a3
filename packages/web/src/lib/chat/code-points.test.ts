import { describe, expect, test } from 'vitest'
import { countPoints, unitsOf } from './code-points.ts'

describe('code points', () => {
  test.each([
    ['nothing', '', 0],
    ['letters', 'abc', 3],
    ['of two units', 'a😀b😀', 4],
    ['half of one at the end', 'a\ud83d', 2],
    ['halves the wrong way round', '\ude00\ud83d', 2],
  ])('%s are counted', (_, text, points) => {
    expect(countPoints(text)).toBe(points)
    expect(countPoints(text)).toBe([...text].length)
  })

  test.each([
    ['none', 0, 0],
    ['a letter', 1, 1],
    ['past one of two units', 2, 3],
    ['all', 3, 4],
    ['more than there are', 9, 4],
  ])('%s are measured in units', (_, points, units) => {
    expect(unitsOf('a😀b', points)).toBe(units)
  })
})
