/** A program whose prompts are made, read and changed over HTTP. */
import { expect } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'
import type { Answer } from '../support/call.ts'

export const PROMPTS = '/api/public/v2/prompts'
export const pathOf = (name: string, rest = ''): string => `${PROMPTS}/${encodeURIComponent(name)}${rest}`

export interface World extends Pick<TestApp, 'send' | 'close'> {
  call(method: string, path: string, body?: unknown): Promise<Answer>
  /** Creates a version; the answer must be 201. */
  create(body: object): Promise<unknown>
}

/** One at a time in a test file. */
export async function openWorld(): Promise<World> {
  const app = await openTestApp()
  const call: World['call'] = (method, path, body) => answerOf(app.send(method, path, { body }))
  return {
    send: app.send,
    close: app.close,
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
