import { expect, test } from 'vitest'
import { mediaOfText, takeMedia } from './media-in-json.ts'
import { parsePayload, printPayload } from './payload.ts'

const REFERENCE = '@@@langfuseMedia:type=audio/wav|id=m1|source=bytes@@@'
const PNG = `iVBORw0KG${'goAA'.repeat(300)}AAA`

test.each([
  ['words', 'hello', undefined],
  ['a reference', REFERENCE, { type: 'audio', mime: 'audio/wav' }],
  ['a data address', 'data:image/png;base64,AAAA', { type: 'image', source: { type: 'base64', data: 'AAAA' } }],
  ['bare base64', PNG, { type: 'image', mime: 'image/png' }],
  ['short base64', 'iVBORw0KGgoAAAA=', undefined],
])('%s', (_, text, expected) => {
  if (expected) expect(mediaOfText(text)).toMatchObject(expected)
  else expect(mediaOfText(text)).toBeUndefined()
})

test('media stand beside the value, and numbers stay as they were sent', () => {
  const { value, media } = takeMedia(parsePayload(`{"n":1.10,"list":["${REFERENCE}"],"deep":{"raw":"${PNG}"}}`))
  expect(printPayload(value, 0)).toBe(
    '{"n":1.10,"list":["(audio/wav, no. 1 below)"],"deep":{"raw":"(image/png, no. 2 below)"}}',
  )
  expect(media.map(({ mime }) => mime)).toEqual(['audio/wav', 'image/png'])
})

test('a value without media is the same value', () => {
  const value = { a: [1, { b: 'c' }] }
  expect(takeMedia(value).value).toBe(value)
})
