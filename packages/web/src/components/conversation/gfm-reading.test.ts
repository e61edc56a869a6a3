import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import ReactMarkdown from 'react-markdown'
import { expect, test } from 'vitest'
import { gfmReading } from './gfm-reading.ts'

test.each([
  ['tables', '| a | b |\n|---|--:|\n| 1 | 2 |', '<td style="text-align:right">2</td>'],
  ['what is struck', '~~gone~~', '<del>gone</del>'],
  ['addresses as links', 'see https://example.com', '<a href="https://example.com">https://example.com</a>'],
  ['tasks', '- [x] done', '<input type="checkbox" disabled="" checked=""/> done'],
  ['footnotes', 'a[^1]\n\n[^1]: note', '<section data-footnotes="true"'],
])('reads %s', (_, text, html) => {
  const page = renderToStaticMarkup(createElement(ReactMarkdown, { remarkPlugins: [gfmReading] }, text))
  expect(page).toContain(html)
})
