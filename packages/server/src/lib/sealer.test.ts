import { describe, expect, test } from 'vitest'
import { createSealer, sealedText } from './sealer.ts'

const sealer = createSealer(Buffer.alloc(32, 1))

describe('sealer', () => {
  test.each(['', 'sk-lf-1', '{"region":"eu"} ü 🔑'])('opens what it sealed: %s', (text) => {
    const sealed = sealer.seal(text, 'a')
    expect(sealed).toMatch(/^v1:/)
    expect(sealer.open(sealed, 'a')).toBe(text)
    expect(sealer.seal(text, 'a')).not.toBe(sealed)
  })

  const sealed = sealer.seal('a secret of some length', 'a')
  test.each([
    ['another context', sealer, sealed, 'b'],
    ['another key', createSealer(Buffer.alloc(32, 2)), sealed, 'a'],
    ['a changed text', sealer, sealedText(`${sealed.slice(0, -4)}AAA=`), 'a'],
    ['a cut text', sealer, sealedText(sealed.slice(0, 12)), 'a'],
  ])('opens nothing with %s', (...[, opener, text, context]) => {
    expect(() => opener.open(text, context)).toThrow()
  })
})
