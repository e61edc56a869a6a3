import { describe, expect, test } from 'vitest'
import { type JsonDocument, openJsonDocument } from './json-document.ts'

const TEXT =
  '{"id":9007199254740993,"price":1.10,"ok":true,"none":null,"list":[{"deep":{"word":"needle"}}],"text":"plain"}'

function opened(text: string): JsonDocument {
  const document = openJsonDocument(text)
  if (!document) throw new Error('It is no document')
  return document
}

const idsOf = (document: JsonDocument) => document.rows(0, document.count()).map(({ id }) => id)

describe('openJsonDocument', () => {
  test.each([
    ['a text', 'hello'],
    ['a JSON text', '"hello"'],
    ['a number', '12'],
    ['nothing', ''],
    ['half of a list', '[1, 2'],
  ])('%s is none', (_, text) => {
    expect(openJsonDocument(text)).toBeUndefined()
  })

  test('JSON that was sent as text is what it says', () => {
    expect(opened(JSON.stringify('[1]')).rows(0, 9)).toHaveLength(2)
  })

  test('rows show scalars as they were sent', () => {
    expect(
      opened(TEXT)
        .rows(1, 5)
        .map(({ shown }) => [shown.kind, shown.text]),
    ).toEqual([
      ['number', '9007199254740993'],
      ['number', '1.10'],
      ['boolean', 'true'],
      ['null', ''],
    ])
  })

  test('a long text is one row, of which the beginning comes', () => {
    const document = opened(JSON.stringify({ text: 'x'.repeat(3_000_000) }))
    expect(document.count()).toBe(2)
    const [, row] = document.rows(0, 2)
    expect([row?.shown.text.length, row?.shown.chars]).toEqual([10_000, 3_000_000])
    expect(document.copy(['text'])).toHaveLength(3_000_000)
  })

  test('a window is the rows of its places', () => {
    const document = opened(JSON.stringify(Array.from({ length: 150 }, (_, index) => index)))
    expect(document.rows(100, 103).map(({ key }) => key)).toEqual([99, 100, 101])
    expect(document.rows(150, 400)).toHaveLength(1)
  })

  test('what is closed opens, and closes again', () => {
    const document = opened(TEXT)
    const before = idsOf(document)
    const [list] = document.rows(5, 6)
    if (!list) throw new Error('There is no list')
    document.toggle(list)
    expect(document.count()).toBe(before.length + (list.isOpen ? -1 : 1))
    document.open(64)
    expect(idsOf(document)).toContain('["list",0,"deep","word"]')
    document.open(1)
    expect(document.count()).toBe(7)
  })

  test('a match is opened up to, and its row told', () => {
    const document = opened(TEXT)
    expect(document.find('NEEDLE')).toEqual({ count: 1, isCut: false })
    const at = document.reveal(0)
    expect(at === undefined ? undefined : document.rows(at, at + 1)[0]?.shown.text).toBe('needle')
    expect(document.reveal(1)).toBeUndefined()
  })

  test.each([
    ['a text', ['text'], 'plain'],
    ['a number', ['price'], '1.10'],
    ['a container', ['list', 0], '{\n  "deep": {\n    "word": "needle"\n  }\n}'],
    ['what is not there', ['other'], ''],
  ])('%s is copied', (_, path, text) => {
    expect(opened(TEXT).copy(path)).toBe(text)
  })
})
