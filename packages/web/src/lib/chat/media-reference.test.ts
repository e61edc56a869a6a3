import { describe, expect, test } from 'vitest'
import { mediaKind, referenceOf, textPieces } from './media-reference.ts'

const PNG = '@@@langfuseMedia:type=image/png|id=abc_1-2|source=base64_data_uri@@@'
const reference = { id: 'abc_1-2', mime: 'image/png' }

describe('the pieces of a text', () => {
  test.each([
    ['plain words', ['plain words']],
    [PNG, [reference]],
    [`see ${PNG} and ${PNG}`, ['see ', reference, ' and ', reference]],
    ['@@@langfuseMedia:type=image/png@@@', ['@@@langfuseMedia:type=image/png@@@']],
    ['@@@langfuseMedia:type=image/png|id=x', ['@@@langfuseMedia:type=image/png|id=x']],
    ['', ['']],
  ])('%j', (text, expected) => expect(textPieces(text)).toEqual(expected))
})

test.each([
  [PNG, reference],
  [`data:image/png;base64,${PNG}`, reference],
  [`x ${PNG}`, undefined],
  ['https://a.example/x.png', undefined],
])('%j is a reference: %j', (text, expected) => expect(referenceOf(text)).toEqual(expected))

test.each([
  ['image/svg+xml', 'image'],
  ['audio/wav', 'audio'],
  ['video/mp4', 'video'],
  ['application/pdf', 'file'],
  [undefined, 'file'],
] as const)('%s is shown as %s', (mime, kind) => expect(mediaKind(mime)).toBe(kind))
