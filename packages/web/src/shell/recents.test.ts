import { describe, expect, test } from 'vitest'
import { projectOfOpened, Recents, withRecent } from './recents.ts'

const recent = (path: string, title = path) => ({ path, title })

describe('what was opened last', () => {
  test('is first, once, and the oldest go', () => {
    const many = Array.from({ length: 8 }, (_, index) => recent(`/p/x/traces/${index}`))
    const next = withRecent(many, recent('/p/x/traces/3', 'again'))
    expect(next.map(({ path }) => path.at(-1)).join('')).toBe('30124567')
    expect(next[0]?.title).toBe('again')
    expect(withRecent(many, recent('/p/x/users/a'))).toHaveLength(8)
  })

  test.each([
    ['/p/x/traces/3f9a', 'x'],
    ['/p/x/sessions/chat%2042', 'x'],
    ['/p/x/traces', undefined],
    ['/p/x', undefined],
    ['/p/x/settings/keys', undefined],
  ])('%s', (path, expected) => expect(projectOfOpened(path)).toBe(expected))

  test('what was kept otherwise counts as nothing', () => expect(Recents.parse({ a: 1 })).toEqual([]))
})
