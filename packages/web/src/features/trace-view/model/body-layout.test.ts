import { expect, test } from 'vitest'
import { type BodyLayout, bodyLayout } from './body-layout.ts'

test.each<[name: string, px: [body: number, wanted: number], layout: BodyLayout]>([
  ['the detail as wide as wanted', [1240, 480], { isNarrow: false, detailPx: 480, viewPx: 759 }],
  ['the tree keeps its room', [900, 1600], { isNarrow: false, detailPx: 600, viewPx: 299 }],
  ['so does the detail', [1240, 100], { isNarrow: false, detailPx: 300, viewPx: 939 }],
  ['on a phone the detail lies over the tree', [390, 480], { isNarrow: true, detailPx: 300, viewPx: 390 }],
])('%s', (_, px, layout) => expect(bodyLayout(...px)).toEqual(layout))
