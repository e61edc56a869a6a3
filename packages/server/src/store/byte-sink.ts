/**
 * Bytes in the making, in ClickHouse's RowBinary spelling of values: integers little-endian, text and
 * lists behind their length as a varint. One buffer, used again and again; it grows for a text that
 * does not fit.
 */
export class ByteSink {
  readonly #usual: number
  #bytes: Buffer
  #view: DataView
  #at = 0

  /** `usual`: bytes that it has room for from the start. */
  constructor(usual: number) {
    this.#usual = usual
    this.#bytes = Buffer.allocUnsafeSlow(usual)
    this.#view = viewOf(this.#bytes)
  }

  /** Bytes that it has room for by now. */
  get capacity(): number {
    return this.#bytes.length
  }

  get length(): number {
    return this.#at
  }

  /** What was written since the last call; valid until the next write. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#at)
    this.#at = 0
    return taken
  }

  /** Forgets what was not taken, and gives back room that is seldom needed; what was taken is valid no longer. */
  clear(): void {
    this.#at = 0
    if (this.capacity > MAX_GROWTH * this.#usual) this.#use(Buffer.allocUnsafeSlow(this.#usual))
  }

  uint8(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#at++] = value
  }

  uint32(value: number): void {
    this.#reserve(4)
    this.#view.setUint32(this.#at, value, true)
    this.#at += 4
  }

  /** A whole number of at most 53 bits, in 64. */
  int64(value: number): void {
    this.#reserve(8)
    this.#view.setUint32(this.#at, value % TWO_32, true)
    this.#view.setInt32(this.#at + 4, Math.floor(value / TWO_32), true)
    this.#at += 8
  }

  bigInt64(value: bigint): void {
    this.#reserve(8)
    this.#view.setBigInt64(this.#at, value, true)
    this.#at += 8
  }

  float64(value: number): void {
    this.#reserve(8)
    this.#view.setFloat64(this.#at, value, true)
    this.#at += 8
  }

  varint(value: number): void {
    this.#reserve(MAX_VARINT_BYTES)
    this.#at = this.#putVarint(value, this.#at)
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.byteLength)
    this.#bytes.set(value, this.#at)
    this.#at += value.byteLength
  }

  /** In UTF-8; what that can't spell (half of a surrogate pair) becomes U+FFFD. */
  text(value: string): void {
    const { length } = value
    this.#reserve(MAX_VARINT_BYTES + MAX_BYTES_A_UNIT * length)
    if (length <= SHORT && this.#shortText(value)) return
    // Most text is ASCII, whose length in bytes is known before it is written.
    const guessed = this.#at + varintBytes(length)
    const written = this.#bytes.write(value, guessed)
    const start = this.#at + varintBytes(written)
    if (start !== guessed) this.#bytes.copyWithin(start, guessed, guessed + written)
    this.#putVarint(written, this.#at)
    this.#at = start + written
  }

  /** Character by character, which is faster than the way into the library; false for what is not ASCII. */
  #shortText(value: string): boolean {
    const start = this.#at + 1
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index)
      if (code > 0x7f) return false
      this.#bytes[start + index] = code
    }
    this.#bytes[this.#at] = value.length
    this.#at = start + value.length
    return true
  }

  #putVarint(value: number, at: number): number {
    let rest = value
    let place = at
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) this.#bytes[place++] = (rest % 128) | 0x80
    this.#bytes[place] = rest
    return place + 1
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#at + bytes))
    this.#bytes.copy(grown, 0, 0, this.#at)
    this.#use(grown)
  }

  #use(bytes: Buffer): void {
    this.#bytes = bytes
    this.#view = viewOf(bytes)
  }
}

/** Up to so many times its usual size it stays grown. */
const MAX_GROWTH = 4
const TWO_32 = 2 ** 32
const MAX_VARINT_BYTES = 8
/** UTF-8 takes at most three bytes for one unit of a string. */
const MAX_BYTES_A_UNIT = 3
/** Short enough for a varint of one byte. */
const SHORT = 64

const viewOf = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function varintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) bytes++
  return bytes
}
