import { expect, test } from 'vitest'
import { senderParts } from './sender-parts.ts'

test('what OTLP brought stands apart from what the program said', () => {
  const metadata = {
    attributes: { 'my.own': '0.5' },
    resourceAttributes: { 'service.name': 'shop' },
    scope: { name: 'my-scope', version: '1.2', attributes: {} },
    tier: 'gold',
  }
  expect(senderParts(metadata)).toEqual({
    own: { tier: 'gold' },
    attributes: { 'my.own': '0.5' },
    resource: { 'service.name': 'shop' },
    scope: { name: 'my-scope', version: '1.2', attributes: {} },
  })
})

test.each([
  ['a word of the program that is only called alike', { scope: 'read', attributes: { a: 1 } }],
  ['a list', [1]],
  ['nothing', undefined],
])('%s stays whole', (_, metadata) => {
  expect(senderParts(metadata)).toEqual({ own: metadata, attributes: undefined, resource: undefined, scope: undefined })
})
