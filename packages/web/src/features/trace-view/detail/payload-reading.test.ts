import { describe, expect, test } from 'vitest'
import { extentOf } from './payload-reading.ts'

const window = (text: string, totalChars: number, totalBytes: number) => ({ text, offset: 0, totalChars, totalBytes })
const MB = 1024 * 1024

describe('extentOf', () => {
  test.each([
    ['what is all there', window('{"a":1}', 7, 7), 'whole'],
    ['nothing', window('', 0, 0), 'whole'],
    ['all of what has characters of two units', window('😀😀', 2, 8), 'whole'],
    ['a part that has as many units as the whole has characters', window('😀😀', 3, 9), 'windows'],
    ['the beginning of a list', window('[1', 300_000, 300_000), 'tree'],
    ['the beginning of JSON that was sent as text', window('"{\\"a\\"', 300_000, 300_000), 'tree'],
    ['a list of just as much as a thread reads', window(' [1', 4 * MB, 4 * MB), 'tree'],
    ['a list of more', window('[1', 4 * MB, 4 * MB + 1), 'windows'],
    ['the beginning of a text', window('Once', 300_000, 300_000), 'windows'],
  ])('%s', (_, payload, extent) => {
    expect(extentOf(payload)).toBe(extent)
  })
})
