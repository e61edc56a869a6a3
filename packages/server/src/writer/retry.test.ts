import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { type Logger, silentLogger } from '#telemetry/logger.ts'
import { createRetry } from './retry.ts'

const failing = (failures: number, error: Error) => {
  let calls = 0
  return async () => {
    calls += 1
    if (calls <= failures) throw error
    return calls
  }
}
const quick = { signal: new AbortController().signal, firstDelayMs: 1, maxDelayMs: 1 }

describe('retry', () => {
  test.each([
    ['an AppError that a retry may help', new AppError('unavailable')],
    ['any other error', new TypeError('who knows')],
  ])('%s is retried until the work succeeds', async (_, error) => {
    const retry = createRetry({ ...quick, logger: silentLogger })
    expect(await retry('work', failing(5, error))).toBe(6)
  })

  test('a failure for good is not', async () => {
    const retry = createRetry({ ...quick, logger: silentLogger })
    await expect(retry('work', failing(1, new AppError('bad_request')))).rejects.toMatchObject({ code: 'bad_request' })
  })

  test('a row of failures is logged once, and its end', async () => {
    const lines: string[] = []
    const log = (_: object, message: string) => void lines.push(message)
    const logger: Logger = { ...silentLogger, warn: log, info: log }
    await createRetry({ ...quick, logger })('work', failing(5, new AppError('unavailable')))
    expect(lines).toEqual(['can not work now, will try again until it works', 'can work again'])
  })

  test('the signal ends the waiting', async () => {
    const abort = new AbortController()
    const retry = createRetry({ signal: abort.signal, logger: silentLogger, firstDelayMs: 60_000 })
    const work = retry('work', failing(5, new AppError('unavailable')))
    setImmediate(() => abort.abort())
    await expect(work).rejects.toThrow()
  })
})
