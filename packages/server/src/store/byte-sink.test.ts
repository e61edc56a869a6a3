import { expect, test } from 'vitest'
import { ByteSink } from './byte-sink.ts'

const USUAL = 100

test.each([
  ['a text that fits', 20, USUAL],
  ['a text that takes somewhat more', 80, 248],
  ['a text that takes far more', 10_000, USUAL],
])('after %s, taken or not, it has room for as much as it should', (_name, chars, capacity) => {
  for (const isTaken of [true, false]) {
    const sink = new ByteSink(USUAL)
    sink.text('x'.repeat(chars))
    if (isTaken) expect(sink.take()).toHaveLength(chars + (chars < 128 ? 1 : 2))
    sink.clear()
    expect([sink.capacity, sink.length]).toEqual([capacity, 0])
  }
})

test('what is written after a clear is all that is there', () => {
  const sink = new ByteSink(USUAL)
  sink.text('x'.repeat(10_000))
  sink.clear()
  sink.text('yes')
  sink.uint32(7)
  expect([...sink.take()]).toEqual([3, 121, 101, 115, 7, 0, 0, 0])
})
