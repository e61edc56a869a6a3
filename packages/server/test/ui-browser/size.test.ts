/** What a page must fetch before it can be used, as script, from the manifest of the built page. */
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pageOf, pageSizes } from './page-size.ts'

const sizes = pageSizes(resolve(import.meta.dirname, '..', '..', '..', 'web', 'dist'))

describe('script, gzipped, in kB', () => {
  test.each([
    ['sign-in', ['signin.html'], 110],
    ['the list of traces', pageOf('traces/traces-page'), 230],
    ['a trace', pageOf('trace-view/trace-page'), 300],
    ['a list with a trace beside it', [...pageOf('traces/traces-page'), 'src/features/trace-view/trace-peek.tsx'], 300],
    ['settings', pageOf('settings/settings-frame', 'settings/members-page'), 250],
  ])('%s', (_, entries, limit) => {
    expect(sizes.script(entries) / 1000).toBeLessThanOrEqual(limit)
  })
})

describe('script that comes later, gzipped, in kB beyond that of a trace with its detail', () => {
  test.each([['Markdown', ['src/components/conversation/markdown.tsx'], 50]])('%s', (_, entries, limit) => {
    expect(
      sizes.script(entries, pageOf('trace-view/trace-page', 'trace-view/detail/detail-panel')) / 1000,
    ).toBeLessThanOrEqual(limit)
  })
})

test('style, gzipped, is at most 25 kB', () => {
  expect(sizes.style(pageOf('traces/traces-page')) / 1000).toBeLessThanOrEqual(25)
})
