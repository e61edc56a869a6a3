/** A program whose prompts are made, read and changed over HTTP. */
import { afterAll, beforeAll, expect } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'
import type { Answer } from '../support/call.ts'

export const PROMPTS = '/api/public/v2/prompts'
export const pathOf = (name: string, rest = ''): string => `${PROMPTS}/${encodeURIComponent(name)}${rest}`

export interface World extends Pick<TestApp, 'send'> {
  call(method: string, path: string, body?: unknown): Promise<Answer>
  /** Creates a version; the answer must be 201. */
  create(body: object): Promise<unknown>
}

/** Open while the tests of the file run that calls this; once a file. */
export function promptsWorld(): World {
  let opened: TestApp | undefined
  beforeAll(async () => {
    opened = await openTestApp()
  }, 60_000)
  afterAll(() => opened?.close())
  const send: World['send'] = async (...request) => {
    if (!opened) throw new Error('Asked before the tests began')
    return await opened.send(...request)
  }
  const call: World['call'] = (method, path, body) => answerOf(send(method, path, { body }))
  return {
    send,
    call,
    async create(body) {
      const answer = await call('POST', PROMPTS, body)
      expect(answer).toMatchObject({ status: 201 })
      return answer.body
    },
  }
}

export async function answerOf(sent: Promise<Response>): Promise<Answer> {
  const response = await sent
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

let count = 0
/** A name that no other case uses. */
export const unusedName = (stem = 'prompt'): string => `${stem}-${++count}`

export const INVALID = { message: 'Invalid request data', error: expect.any(Array) }

/** The body of a 400 whose one issue lies at `path`. */
export const wrong = (...path: (string | number)[]) => ({ ...INVALID, error: [expect.objectContaining({ path })] })
