import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

/** Deeper nesting of values is refused, so that recursion can't exhaust the stack. */
const MAX_DEPTH = 100

/** Bytes that are not the protobuf message they should be. */
export class MalformedMessage extends Error {}

/**
 * Reads one protobuf message and those within it, in place. The wire primitives are the library's;
 * added here are the bounds of nested messages, which make any damage show up as `MalformedMessage`,
 * and reading text without a copy.
 */
export class WireReader {
  private readonly reader: BinaryReader
  private readonly buffer: Buffer
  private depth = 0
  /** Where the message being read ends. */
  private end: number

  constructor(bytes: Uint8Array) {
    this.reader = new BinaryReader(bytes)
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.end = bytes.byteLength
  }

  /** Calls `field` with the number and wire type of each field of the message; it MUST consume or skip the value. */
  fields(field: (number: number, type: number) => void): void {
    try {
      while (this.reader.pos < this.end) {
        const tag = this.reader.uint32()
        field(tag >>> 3, tag & 7)
        if (this.reader.pos > this.end)
          throw new MalformedMessage(`field ${tag >>> 3} runs past the end of its message`)
      }
    } catch (error) {
      throw error instanceof MalformedMessage ? error : new MalformedMessage(String(error), { cause: error })
    }
  }

  /** The fields of a nested message, whose value comes next. */
  message(type: number, field: (number: number, type: number) => void): void {
    const outerEnd = this.end
    this.end = this.length(type)
    if (++this.depth > MAX_DEPTH) throw new MalformedMessage(`messages nest deeper than ${MAX_DEPTH} levels`)
    this.fields(field)
    this.depth--
    this.end = outerEnd
  }

  text(type: number): string {
    const end = this.length(type)
    const start = this.reader.pos
    this.reader.pos = end
    return end - start <= SHORT ? this.shortText(start, end) : this.buffer.toString('utf8', start, end)
  }

  /** The bytes in lowercase hex or in base64. */
  encoded(type: number, encoding: 'hex' | 'base64'): string {
    const end = this.length(type)
    const start = this.reader.pos
    this.reader.pos = end
    return this.buffer.toString(encoding, start, end)
  }

  int64(type: number): bigint {
    this.expect(type, WireType.Varint)
    return BigInt(this.reader.int64())
  }

  int32(type: number): number {
    this.expect(type, WireType.Varint)
    return this.reader.int32()
  }

  bool(type: number): boolean {
    this.expect(type, WireType.Varint)
    return this.reader.bool()
  }

  double(type: number): number {
    this.expect(type, WireType.Bit64)
    return this.reader.double()
  }

  fixed64(type: number): bigint {
    this.expect(type, WireType.Bit64)
    return BigInt(this.reader.fixed64())
  }

  skip(number: number, type: number): void {
    if (number === 0) throw new MalformedMessage('field number 0')
    this.reader.skip(type, number)
  }

  private shortText(start: number, end: number): string {
    let text = ''
    for (let index = start; index < end; index++) {
      const code = this.buffer[index] ?? 0
      if (code > 127) return this.buffer.toString('utf8', start, end)
      text += String.fromCharCode(code)
    }
    return text
  }

  /** Reads a length prefix; the index at which the value ends. */
  private length(type: number): number {
    this.expect(type, WireType.LengthDelimited)
    const length = this.reader.uint32()
    const end = this.reader.pos + length
    if (end > this.end) throw new MalformedMessage(`a value of ${length} bytes runs past the end of its message`)
    return end
  }

  private expect(type: number, expected: number): void {
    if (type !== expected) throw new MalformedMessage(`wire type ${type} where ${expected} was expected`)
  }
}

/** Up to this length a loop over ASCII is faster than the call into native code. */
const SHORT = 24
