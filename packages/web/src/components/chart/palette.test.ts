import { describe, expect, test } from 'vitest'
import { coloursOf, dashOf, OTHER_COLOUR } from './palette.ts'

describe('colours of series', () => {
  test('a name keeps its colour whatever is beside it, unless an earlier one has it', () => {
    const alone = coloursOf(['gpt-4o']).get('gpt-4o')
    expect(coloursOf(['gpt-4o', 'claude', 'gemini']).get('gpt-4o')).toBe(alone)
  })

  test('seven names have seven colours, the rest share one', () => {
    const names = Array.from({ length: 10 }, (_, index) => `model-${index}`)
    const colours = [...coloursOf(names).values()]
    expect(new Set(colours.slice(0, 7)).size).toBe(7)
    expect(colours.slice(7)).toEqual([OTHER_COLOUR, OTHER_COLOUR, OTHER_COLOUR])
  })

  test('dashes begin after the seventh', () => {
    expect([0, 6, 7, 14, 21].map(dashOf)).toEqual([[], [], [6, 3], [2, 3], []])
  })
})
