import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  buildFrame,
  FRAME_HEADER_BYTES,
  parseFrameBody,
  parseFrameHeader,
  resemblesFrame,
  sealFrame,
} from '#eventlog/frame.ts'

const sealed = (payloads: readonly Uint8Array[], position: number) => {
  const frame = buildFrame(payloads)
  sealFrame(frame, position)
  return frame
}
const readBack = (frame: Buffer, position: number) => {
  const header = parseFrameHeader(frame, position)
  return header && parseFrameBody(frame.subarray(FRAME_HEADER_BYTES), header)
}

describe('a frame', () => {
  test('is the one drawn in docs/formats/eventlog.md', async () => {
    const drawn = await readFile(new URL('../../../../docs/formats/eventlog.md', import.meta.url), 'utf8')
    const [, hex = ''] = /position 1000 \+ 16:\n\n```\n([0-9a-f\s]+)```/.exec(drawn) ?? []
    expect(sealed([Buffer.from('hi')], 1016)).toEqual(Buffer.from(hex.replace(/\s/g, ''), 'hex'))
  })

  test('gives back its payloads', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), fc.nat(), (payloads, position) => {
        const read = readBack(sealed(payloads, position), position)
        expect(read?.map((payload) => new Uint8Array(payload))).toEqual(payloads)
      }),
    )
  })

  test('is refused with any bit changed, and anywhere else', () => {
    const frame = sealed([Buffer.from('payload'), Buffer.from('')], 500)
    expect(readBack(frame, 501)).toBeUndefined()
    for (let bit = 0; bit < frame.byteLength * 8; bit++) {
      const copy = Buffer.from(frame)
      copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(readBack(copy, 500)).toBeUndefined()
    }
  })

  test.each([
    ['whole', (frame: Buffer) => frame, true],
    ['cut in its header', (frame: Buffer) => frame.subarray(0, 3), true],
    ['with its position damaged', (frame: Buffer) => frame.fill(9, 9, 10), true],
    ['with its magic damaged', (frame: Buffer) => frame.fill(9, 1, 2), true],
    ['with its checksum damaged', (frame: Buffer) => frame.fill(9, 21, 22), true],
    ['of another place, as an earlier life of the file leaves', () => sealed([Buffer.from('payload')], 501), false],
    ['that is zeros', (frame: Buffer) => frame.fill(0), false],
    ['that is a few zeros', () => Buffer.alloc(2), false],
    ['that is nothing', () => Buffer.alloc(0), false],
  ])('%s is told from room', (_, change, expected) => {
    expect(resemblesFrame(change(sealed([Buffer.from('payload')], 500)), 500)).toBe(expected)
  })

  test('is refused when cut', () => {
    const frame = sealed([Buffer.from('payload')], 500)
    for (let length = 0; length < frame.byteLength; length++) {
      expect(readBack(frame.subarray(0, length), 500)).toBeUndefined()
    }
  })
})
