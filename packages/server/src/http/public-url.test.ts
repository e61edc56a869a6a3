import { expect, test } from 'vitest'
import { publicUrlOf } from './public-url.ts'

const URL_OF_REQUEST = 'http://127.0.0.1:8742/api/public/media?x=1'

test.each<[string, Record<string, string>, string | undefined, string]>([
  ['the request', {}, undefined, 'http://127.0.0.1:8742'],
  ['the setting before all', { 'x-forwarded-host': 'a' }, 'https://x.example/base/', 'https://x.example/base'],
  [
    'the proxy',
    { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'a.example:8443' },
    undefined,
    'https://a.example:8443',
  ],
  ['the nearest of two proxies', { 'x-forwarded-host': 'a.example, b.local' }, undefined, 'http://a.example'],
  ['an address of version 6', { 'x-forwarded-host': '[::1]:80' }, undefined, 'http://[::1]:80'],
  ['no host with a path', { 'x-forwarded-host': 'a.example/b' }, undefined, 'http://127.0.0.1:8742'],
  ['no host with a user', { 'x-forwarded-host': 'a@b' }, undefined, 'http://127.0.0.1:8742'],
  ['no other scheme', { 'x-forwarded-proto': 'javascript' }, undefined, 'http://127.0.0.1:8742'],
])('%s', (...[, headers, configured, expected]) => {
  const request = { url: URL_OF_REQUEST, header: (name: string) => headers[name] }
  expect(publicUrlOf(request, configured)).toBe(expected)
})
