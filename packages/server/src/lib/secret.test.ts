import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

test('a secret shows itself only when asked', () => {
  const secret = new Secret('sk-xt-1')
  expect(secret.reveal()).toBe('sk-xt-1')
  expect([String(secret), `${secret}`, JSON.stringify({ secret }), inspect({ secret })].join(' ')).toBe(
    '[secret] [secret] {"secret":"[secret]"} { secret: [secret] }',
  )
})
