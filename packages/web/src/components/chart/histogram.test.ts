import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Histogram } from './histogram.tsx'

test.each([
  ['counted', false, '1,234 traces over time, 2 with an error'],
  ['estimated', true, '≈ 1,234 traces over time, ≈ 2 with an error'],
])('rows that were %s are said to be so', (_, isEstimated, label) => {
  const drawn = renderToStaticMarkup(
    createElement(Histogram, {
      noun: 'traces',
      bars: [[0, 1234, 2]],
      stepMs: 1000,
      isEstimated,
      interval: { fromMs: 0, toMs: 1000 },
      onZoom: () => {},
    }),
  )
  expect(drawn).toContain(`aria-label="${label}"`)
})
