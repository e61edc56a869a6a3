import { describe, expect, test } from 'vitest'
import { Id, Instant } from './fields.ts'

describe('Instant', () => {
  test.each([
    '2026-01-02T03:04Z',
    '2026-01-02T03:04:05Z',
    '2026-01-02T03:04:05.6Z',
    '2026-01-02T03:04:05.678901234+00:00',
    '2026-01-02T03:04:05-08:00',
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '0001-01-01T00:00:00Z',
  ])('takes %s', (text) => {
    expect(Instant.safeParse(text).success).toBe(true)
  })

  test.each([
    '',
    '2026-01-02',
    '2026-01-02T03:04:05',
    '2026-01-02 03:04:05Z',
    '2026-01-02T03:04:05+0200',
    '2026-01-02T03:04:05+02',
    '2026-01-02T24:00:00Z',
    '2026-01-02T03:60:00Z',
    '2026-01-02T03:04:05.Z',
    '2026-00-02T03:04:05Z',
    '2026-13-02T03:04:05Z',
    '2026-02-30T03:04:05Z',
    '2025-02-29T03:04:05Z',
    '1900-02-29T03:04:05Z',
    '2026-01-02T03:04:05Z\n',
    1767323045000,
    null,
  ])('refuses %j', (value) => {
    expect(Instant.safeParse(value).success).toBe(false)
  })
})

describe('Id', () => {
  test.each(['a', ' ', '/ ? # 🙂', '\n', 'x'.repeat(800)])('takes %j', (text) => {
    expect(Id.safeParse(text).success).toBe(true)
  })

  test.each(['', 'a\rb', 'x'.repeat(801), 5, null])('refuses %j', (value) => {
    expect(Id.safeParse(value).success).toBe(false)
  })
})
