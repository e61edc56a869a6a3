/** A program with an organization key, and how tests ask it. */
import { expect } from 'vitest'
import type { CatalogBackend } from '#catalog/test-catalogs.ts'
import { openTestApp } from '../support/app.ts'
import { type Description, readDescription } from '../support/openapi.ts'

export const ORGANIZATION_KEYS = { publicKey: 'pk-lf-org', secretKey: 'sk-lf-org' }
export const basic = ({ publicKey, secretKey }: { readonly publicKey: string; readonly secretKey: string }): string =>
  `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`

/** What JSON.parse gives: tests look into answers of every shape, and a wrong guess fails where it is made. */
type Json = ReturnType<typeof JSON.parse>

export interface Answer {
  readonly status: number
  readonly body: Json
}

export interface World {
  /** With the key of the organization, or with another credential. */
  ask(method: string, path: string, content?: { body?: unknown; as?: string }): Promise<Answer>
  /** As `ask` with the key of the default project. */
  askProject(method: string, path: string, body?: unknown): Promise<Answer>
  /** The answer's body, once it has the status and the shape that the description gives the operation. */
  expectDescribed(operation: string, answer: Answer, status?: number): Answer['body']
  close(): Promise<void>
}

export async function openWorld(backend: CatalogBackend): Promise<World> {
  const place = await backend.makePlace()
  const owner = { email: 'owner@example.org', name: 'Owner' }
  const app = await openTestApp({
    organizationKeys: ORGANIZATION_KEYS,
    owner,
    ...(place.url !== undefined && { catalogUrl: place.url }),
  })
  const description: Description = readDescription()
  const send = async (method: string, path: string, content: { body?: unknown; headers?: Record<string, string> }) => {
    const answer = await app.send(method, path, content)
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  return {
    close: async () => {
      await app.close()
      await place.drop()
    },
    ask: (method, path, { body, as = basic(ORGANIZATION_KEYS) } = {}) =>
      send(method, path, { body, headers: { authorization: as } }),
    askProject: (method, path, body) => send(method, path, { body }),
    expectDescribed: (operation, { status, body }, expected = 200) => {
      expect([status, body]).toEqual([expected, expect.anything()])
      const [method = '', path = ''] = operation.split(' ')
      const validate = description.validator(method, path)
      validate(body)
      expect(validate.errors ?? []).toEqual([])
      return body
    },
  }
}
