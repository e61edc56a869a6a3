import { describe, expect, test } from 'vitest'
import { toHeadResponse } from './answer.ts'

describe('an answer to HEAD', () => {
  test('ends a stream, which is not sent, and keeps its headers', async () => {
    const told = { isCancelled: false }
    const body = new ReadableStream<Uint8Array>({
      pull: (stream) => stream.enqueue(new Uint8Array(1)),
      cancel: () => {
        told.isCancelled = true
      },
    })
    const response = await toHeadResponse({ status: 206, headers: { 'content-type': 'text/csv' }, body })
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      206,
      'text/csv',
      '',
    ])
    expect(told).toEqual({ isCancelled: true })
  })

  test('is that to GET where nothing has to be ended', async () => {
    const response = await toHeadResponse({ body: { a: 1 } })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
  })
})
