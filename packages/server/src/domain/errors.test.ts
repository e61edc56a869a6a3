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

test('an error takes its status and text from its code', () => {
  const error = new AppError('log_full')
  expect(error).toMatchObject({ status: 503, retryable: true, message: 'The event log is full' })
})
