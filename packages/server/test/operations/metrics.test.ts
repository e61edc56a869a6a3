/** The dashboard and docs/operations.md ask for figures that /metrics has, and docs/operations.md tells of each of ours. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from '@xtrace/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'

const DOCS = resolve(import.meta.dirname, '..', '..', '..', '..', 'docs')
const Dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) })),
})
/** What names of figures look like in a query; the rest of its words are functions and labels. */
const NAME = /\b(?:xtrace|process|nodejs)_[a-z0-9_]+\b/g

const dashboard = Dashboard.parse(JSON.parse(readFileSync(resolve(DOCS, 'grafana', 'xtrace.json'), 'utf8')))
const queries = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
const page = readFileSync(resolve(DOCS, 'operations.md'), 'utf8')

/** As they are declared: histograms without `_bucket` and the like. */
const bare = (name: string) => name.replace(/_(?:bucket|sum|count)$/, '')

let app: TestApp
let declared: ReadonlySet<string>

beforeAll(async () => {
  app = await openTestApp()
  const answer = await app.send('GET', '/metrics')
  declared = new Set([...(await answer.text()).matchAll(/^# TYPE (\S+) /gm)].flatMap((match) => match[1] ?? []))
})
afterAll(() => app?.close())

test('the dashboard asks for nothing that is not there', () => {
  const asked = queries.flatMap((query) => query.match(NAME) ?? [])
  expect(asked.length).toBeGreaterThan(30)
  expect(asked.filter((name) => !declared.has(bare(name)))).toEqual([])
})

test('docs/operations.md tells of every figure of ours, and of no other', () => {
  const ours = [...declared].filter((name) => name.startsWith('xtrace_'))
  expect(ours.length).toBeGreaterThan(20)
  expect([...new Set(page.match(/\bxtrace_[a-z0-9_]+\b/g))].sort()).toEqual(ours.sort())
})
