import { expect, test } from 'vitest'
import { withRange } from './page-link.ts'

test.each([
  ['without a query', 'https://x.test/p/a/traces', 'https://x.test/p/a/traces?t=1h'],
  [
    'beside other params, lists among them',
    'https://x.test/p/a/traces?q=level:error&env=a&env=b#m',
    'https://x.test/p/a/traces?q=level:error&env=a&env=b&t=1h#m',
  ],
  ['in place of another', 'https://x.test/p/a?t=24h&q=x%26y', 'https://x.test/p/a?t=1h&q=x%26y'],
])('a link %s', (_, href, expected) => expect(withRange(href, '1h')).toBe(expected))
