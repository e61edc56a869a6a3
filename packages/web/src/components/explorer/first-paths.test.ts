import { describe, expect, test } from 'vitest'
import { firstPaths } from './first-paths.ts'

const opened = { pathname: '/p/default/traces', search: '', kept: null, nowMs: Date.parse('2026-11-20T10:00:00Z') }
const DAY = 'from=2026-11-19T10%3A00%3A00.000Z&to=2026-11-20T10%3A00%3A00.000Z'
const HOUR = 'from=2026-11-20T09%3A00%3A00.000Z&to=2026-11-20T10%3A00%3A00.000Z'
const LIST = '/api/ui/projects/default/explore'

const FILTER = new URLSearchParams({
  filter: JSON.stringify([{ type: 'stringOptions', column: 'name', operator: 'any of', value: ['chat'] }]),
})
const layout = (shown: unknown) => JSON.stringify({ other: { 'table.traces': { shown } } })

interface Case {
  readonly what: string
  readonly at: Partial<Parameters<typeof firstPaths>[0]>
  readonly asks: string
}

describe('firstPaths', () => {
  test.each<Case>([
    { what: 'a list of a day', at: {}, asks: `${LIST}/traces?${DAY}&limit=100` },
    {
      what: 'observations',
      at: { pathname: '/p/default/observations' },
      asks: `${LIST}/observations?${DAY}&limit=100`,
    },
    {
      what: 'a range, environments and an order',
      at: { search: '?t=1h&env=a&env=b&sort=-latency' },
      asks: `${LIST}/traces?${HOUR}&env=a&env=b&order=latency.desc&limit=100`,
    },
    { what: 'a filter', at: { search: '?q=name:chat' }, asks: `${LIST}/traces?${DAY}&${FILTER}&limit=100` },
    { what: 'what is no range', at: { search: '?t=nonsense' }, asks: `${LIST}/traces?${DAY}&limit=100` },
    {
      what: 'columns that the viewer keeps',
      at: { kept: layout(['name', 'metadata.tier']) },
      asks: `${LIST}/traces?${DAY}&columns=metadata.tier&limit=100`,
    },
    {
      what: 'columns of the address before those kept',
      at: { search: '?cols=name', kept: layout(['metadata.tier']) },
      asks: `${LIST}/traces?${DAY}&limit=100`,
    },
    { what: 'preferences that cannot be read', at: { kept: '{"other":7' }, asks: `${LIST}/traces?${DAY}&limit=100` },
    { what: 'a layout that is none', at: { kept: layout(7) }, asks: `${LIST}/traces?${DAY}&limit=100` },
    {
      what: 'a trace',
      at: { pathname: '/p/a%20b/traces/t%2F1' },
      asks: '/api/ui/projects/a%20b/traces/t%2F1/skeleton',
    },
  ])('$what', ({ at, asks }) => {
    expect(firstPaths({ ...opened, ...at })).toEqual(['/api/ui/session', asks])
  })

  test.each<Omit<Case, 'asks'>>([
    { what: 'another page', at: { pathname: '/p/default/sessions' } },
    { what: 'the first page', at: { pathname: '/' } },
    { what: 'a list by an old link', at: { search: '?filter=%5B%5D' } },
    { what: 'a project that cannot be decoded', at: { pathname: '/p/%E0%A4%A/traces' } },
  ])('$what asks who is signed in alone', ({ at }) => {
    expect(firstPaths({ ...opened, ...at })).toEqual(['/api/ui/session'])
  })
})
