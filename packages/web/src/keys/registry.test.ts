import { describe, expect, test } from 'vitest'
import { createKeyRegistry, type KeyBinding, type Stroke, spellStroke } from './registry.ts'

const stroke = (key: string, held: Partial<Stroke> = {}): Stroke => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
})
const binding = (keys: string): KeyBinding => ({ keys, label: keys, run: () => {} })
const scope = (name: string, ...keys: string[]) => ({ name, bindings: keys.map(binding) })

describe('spelling', () => {
  test.each([
    ['a letter', stroke('j'), 'j'],
    ['a capital', stroke('D', { shiftKey: true }), 'shift+d'],
    ['caps lock', stroke('D'), 'd'],
    ['a symbol typed with shift', stroke('?', { shiftKey: true }), '?'],
    ['a named key with shift', stroke('ArrowDown', { shiftKey: true }), 'shift+ArrowDown'],
    ['ctrl', stroke('k', { ctrlKey: true }), 'mod+k'],
    ['command', stroke('k', { metaKey: true }), 'mod+k'],
    ['space', stroke(' '), 'Space'],
    ['a letter beyond ASCII', stroke('Ф', { shiftKey: true }), 'shift+ф'],
  ])('%s', (_, pressed, text) => {
    expect(spellStroke(pressed)).toBe(text)
  })
})

describe('registry', () => {
  test('the scope on top wins, and what it lacks falls through', () => {
    const registry = createKeyRegistry()
    registry.add(scope('page', 'r', 'x'))
    const table = scope('table', 'x')
    const remove = registry.add(table)
    expect(registry.press(stroke('x'), 0)).toBe(table.bindings[0])
    expect(registry.press(stroke('r'), 0)?.keys).toBe('r')
    remove()
    expect(registry.press(stroke('x'), 0)).not.toBe(table.bindings[0])
  })

  test.each([
    ['has not the focus', false, 0],
    ['has the focus', true, 1],
  ])('a part of the page that %s', (_, hasFocus, expected) => {
    const registry = createKeyRegistry()
    const part = { ...scope('peek', 'j', 'z'), hasFocus: () => hasFocus }
    const page = scope('table', 'j')
    registry.add(part)
    registry.add(page)
    expect(registry.press(stroke('j'), 0)).toBe([page, part][expected]?.bindings[0])
    expect(registry.press(stroke('z'), 0)?.keys).toBe(hasFocus ? 'z' : undefined)
  })

  test.each([
    ['in time', 900, 'g t'],
    ['too late', 1100, 't'],
  ])('two strokes %s', (_, later, expected) => {
    const registry = createKeyRegistry()
    registry.add(scope('page', 'g t', 't'))
    expect(registry.press(stroke('g'), 0)).toBeUndefined()
    expect(registry.press(stroke('t'), later)?.keys).toBe(expected)
  })

  test('a sequence is used up', () => {
    const registry = createKeyRegistry()
    registry.add(scope('page', 'g t', 't'))
    registry.press(stroke('g'), 0)
    registry.press(stroke('t'), 1)
    expect(registry.press(stroke('t'), 2)?.keys).toBe('t')
  })

  test('who listens hears of scopes that come and go', () => {
    const registry = createKeyRegistry()
    let heard = 0
    registry.subscribe(() => heard++)
    registry.add(scope('page', 'r'))()
    expect(heard).toBe(2)
    expect(registry.scopes()).toEqual([])
  })
})
