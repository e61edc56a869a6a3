/** A stream without an encoding gives buffers; its type does not say so. */
export function asBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk
  throw new TypeError('A stream of bytes gave something else')
}
