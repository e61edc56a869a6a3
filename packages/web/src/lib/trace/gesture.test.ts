import { expect, test } from 'vitest'
import { type Fingers, gestureOf } from './gesture.ts'

test.each<[string, [before: Fingers, now: Fingers], [panPx: number, factor: number, aroundPx: number]]>([
  ['one finger pans', [[100], [130]], [30, 1, 130]],
  [
    'two fingers pan together',
    [
      [100, 200],
      [110, 210],
    ],
    [10, 1, 160],
  ],
  [
    'apart they zoom in',
    [
      [100, 200],
      [50, 250],
    ],
    [0, 0.5, 150],
  ],
  [
    'towards each other they zoom out',
    [
      [50, 250],
      [100, 200],
    ],
    [0, 2, 150],
  ],
  [
    'side by side they only pan',
    [
      [100, 102],
      [100, 110],
    ],
    [4, 1, 105],
  ],
  ['a second finger does nothing by touching', [[100], [100, 200]], [0, 1, 150]],
])('%s', (_, [before, now], [panPx, factor, aroundPx]) =>
  expect(gestureOf(before, now)).toEqual({ panPx, factor, aroundPx }),
)
