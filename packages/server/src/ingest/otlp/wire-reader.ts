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
  private readonly names: NameTable
  private depth = 0
  /** Where the message being read ends. */
  private end: number

  constructor(bytes: Uint8Array) {
    this.reader = new BinaryReader(bytes)
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.names = new NameTable(this.buffer)
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
    return this.buffer.toString('utf8', start, end)
  }

  /** As `text`, for names that come again and again: each is made into a string once. */
  name(type: number): string {
    const end = this.length(type)
    const start = this.reader.pos
    this.reader.pos = end
    return this.names.get(start, end)
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

const SLOTS = 1024

/** The strings already made from ranges of one buffer; a slot holds the last name that fell into it. */
class NameTable {
  private readonly buffer: Buffer
  private readonly slots: string[] = new Array(SLOTS).fill('')

  constructor(buffer: Buffer) {
    this.buffer = buffer
  }

  get(start: number, end: number): string {
    let hash = end - start
    for (let index = start; index < end; index++) hash = (hash * 31 + (this.buffer[index] ?? 0)) | 0
    const slot = hash & (SLOTS - 1)
    const known = this.slots[slot] ?? ''
    if (this.isSame(known, start, end)) return known
    const name = this.buffer.toString('utf8', start, end)
    this.slots[slot] = name
    return name
  }

  /** Only names of ASCII are found again, whose bytes are their characters. */
  private isSame(name: string, start: number, end: number): boolean {
    if (name.length !== end - start) return false
    for (let index = start; index < end; index++) {
      const byte = this.buffer[index] ?? 0
      if (byte > 127 || byte !== name.charCodeAt(index - start)) return false
    }
    return true
  }
}
