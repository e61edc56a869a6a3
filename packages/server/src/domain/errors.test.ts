import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { AppError, ERRORS } from './errors.ts'

const PAGE = resolve(import.meta.dirname, '..', '..', '..', '..', 'docs', 'errors.md')
const ROW = /^\| `(\w+)` \| (\d+) \| (yes|no) \| (.+) \|$/gm

test('docs/errors.md is the table', () => {
  const documented = [...readFileSync(PAGE, 'utf8').matchAll(ROW)].map(([, code, status, retry, message]) => [
    code,
    { status: Number(status), retryable: retry === 'yes', message },
  ])
  expect(Object.fromEntries(documented)).toEqual(ERRORS)
})

test.each([
  [new AppError('bad_request', 'No such column'), 'No such column'],
  [new AppError('log_full', 'Raise the bound'), 'Raise the bound'],
  [new AppError('internal', 'column x is missing'), 'Internal Server Error'],
  [new AppError('unavailable', '10.0.0.7 refused'), 'Service Unavailable'],
])('of %s may be read: %s', (error, sentence) => expect(error.publicMessage).toBe(sentence))

test('an error takes its status and text from its code', () => {
  const error = new AppError('log_full')
  expect(error).toMatchObject({ status: 503, retryable: true, message: 'The event log is full' })
})
