import { expect } from 'vitest'
import type { TestApp } from './app.ts'

export interface Answer {
  readonly status: number
  /** Parsed JSON. */
  readonly body: unknown
}

const OTHER_KEYS = { publicKey: 'pk-other', secretKey: 'sk-other' }

/** A second project for `openTestApp`; see `asOther`. */
export const OTHER_PROJECT = {
  seed: {
    organization: { id: 'other-org', name: 'Other' },
    project: { id: 'other', name: 'Other' },
    keys: OTHER_KEYS,
  },
}

const BASIC = Buffer.from(`${OTHER_KEYS.publicKey}:${OTHER_KEYS.secretKey}`).toString('base64')

/** Headers of a request from the second project. */
export const asOther = { authorization: `Basic ${BASIC}` }

/** Sends `POST /api/public/models` and the like; the answer must be JSON. */
export async function call(
  app: Pick<TestApp, 'send'>,
  operation: string,
  content: { readonly body?: unknown; readonly headers?: Record<string, string> } = {},
): Promise<Answer> {
  const [method = '', path = ''] = operation.split(' ')
  const answer = await app.send(method, path, content)
  return { status: answer.status, body: await answer.json() }
}

/** The text field of an answer's body. */
export function textIn(answer: Answer, field: string): string {
  const value: unknown = Object(answer.body)[field]
  if (typeof value !== 'string') throw new Error(`No ${field} in ${answer.status} ${JSON.stringify(answer.body)}`)
  return value
}

/** A 400 with one issue a field, in this order. */
export const invalid = (...fields: readonly string[]) => ({
  status: 400,
  body: {
    message: 'Invalid request data',
    error: fields.map((field) => expect.objectContaining({ path: expect.arrayContaining([field]) })),
  },
})

export const missing = (message: string) => ({ status: 404, body: { message, error: 'LangfuseNotFoundError' } })
