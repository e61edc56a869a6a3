import { expect, test } from 'vitest'
import { defined } from '#lib/defined.ts'

test('drops undefined and keeps every other empty value', () => {
  const fields = defined({ a: undefined, b: null, c: '', d: 0, e: false })
  expect(fields).toEqual({ b: null, c: '', d: 0, e: false })
  expect(Object.keys(fields)).not.toContain('a')
})
