/** docs/compatibility.md says of every operation of the Langfuse API whether it works here, and it is true. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'
import { publishedDocument } from '../support/openapi.ts'
import { NEWER, nameless } from './newer.ts'

const ROOT = resolve(import.meta.dirname, '..', '..', '..', '..')
const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete'])
const ROW = /^\| `([A-Z]+ \/[^`]+)` \| (works|differs|stored|absent) \|/gm

const Paths = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

function operationsOf(document: unknown): string[] {
  return Object.entries(Paths.parse(document).paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((method) => METHODS.has(method))
      .map((method) => nameless(`${method.toUpperCase()} ${path}`)),
  )
}

const page = readFileSync(resolve(ROOT, 'docs', 'compatibility.md'), 'utf8')
const table = [...page.matchAll(ROW)].map(([, operation = '', state = '']) => [nameless(operation), state] as const)
const published = operationsOf(publishedDocument())

describe('the table of operations', () => {
  let app: TestApp
  let served: ReadonlySet<string>
  beforeAll(async () => {
    app = await openTestApp()
    served = new Set(operationsOf(await app.get('/openapi.json')))
  })
  afterAll(() => app?.close())

  test('has each published and each newer operation once', () => {
    expect(published).toHaveLength(114)
    expect(table.map(([operation]) => operation).sort()).toEqual([...published, ...NEWER].sort())
  })

  test('calls absent what no route answers, and nothing else', () => {
    const absent = table.filter(([, state]) => state === 'absent').map(([operation]) => operation)
    expect(absent).toEqual(table.map(([operation]) => operation).filter((operation) => !served.has(operation)))
  })
})
