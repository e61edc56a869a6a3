import { describe, expect, test } from 'vitest'
import { accept, caretAt } from '#lib/filter/suggest.ts'
import { suggestionsAt, suggestionsOfPasted } from './suggestions.ts'

const offered = (text: string, values: readonly string[] = []) =>
  suggestionsAt(
    caretAt(text, text.length),
    'traces',
    values.map((value) => ({ value, count: 1 })),
  )
const labels = (text: string, values?: readonly string[]) => offered(text, values).map(({ label }) => label)

/** The text after the suggestion of a label was taken. */
function taken(text: string, label: string, values?: readonly string[]) {
  const suggestion = offered(text, values).find((one) => one.label === label)
  return suggestion && accept(text, suggestion, suggestion.insert).text
}

describe('suggestions', () => {
  test('fields first', () => {
    expect(labels('lat')[0]).toBe('latency:')
    expect(taken('user:ada lat', 'latency:')).toBe('user:ada latency:')
  })

  test('then operators', () => {
    expect(labels('latency:')).toContain('>')
    expect(taken('latency:', '>')).toBe('latency:>')
    expect(labels('latency:>')).toEqual([])
  })

  test('then values, as the language writes them', () => {
    expect(taken('name:', 'nightly report', ['nightly report'])).toBe('name:"nightly report"')
    expect(taken('level:(error, w', 'warning', ['warning'])).toBe('level:(error, warning')
  })

  test('the caret goes to where the operand stands', () => {
    const contains = offered('name:').find(({ label }) => label === '*…*')
    expect(contains).toMatchObject({ insert: '**', caretAt: 1 })
  })

  test('keys of metadata', () => {
    expect(taken('metadata.t', 'tier', ['tier'])).toBe('metadata.tier:')
  })

  test.each([
    ['an address', 'https://xtrace.example/p/main/traces/t1?node=o1', { opens: { traceId: 't1', node: 'o1' } }],
    ['an id', '3b241101e2bb4255b7e8ed5ab8a5f8a1', { insert: 'id:3b241101e2bb4255b7e8ed5ab8a5f8a1' }],
  ])('%s that was pasted leads somewhere', (...[, text, expected]) => {
    expect(suggestionsOfPasted(text)).toMatchObject([expected])
  })
})
