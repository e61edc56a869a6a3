import { describe, expect, test } from 'vitest'
import type { Message, Part } from './chat.ts'
import { fenced, messagesMarkdown, presentationMarkdown } from './markdown-text.ts'
import { present } from './present.ts'

const message = (...parts: readonly Part[]): Message => ({
  role: 'user',
  rawRole: '',
  name: undefined,
  parts,
  path: [],
})

describe('a part', () => {
  test.each<[string, Part, string]>([
    ['text', { type: 'text', text: ' hi\n' }, 'hi'],
    ['media', { type: 'text', text: 'see @@@langfuseMedia:type=image/png|id=1|source=x@@@.' }, 'see *[image/png]*.'],
    ['thinking', { type: 'thinking', text: 'a\nb', isRedacted: false }, '> a\n> b'],
    [
      'a call',
      { type: 'tool_call', id: '1', name: 'search', args: { q: 'x' }, note: undefined },
      '**calls `search`**\n\n```json\n{\n  "q": "x"\n}\n```',
    ],
    [
      'a result',
      { type: 'tool_result', id: '1', name: 'search', content: [{ type: 'text', text: 'found' }], isError: true },
      '**failure of `search`**\n\nfound',
    ],
    [
      'a picture',
      { type: 'image', source: { type: 'url', url: 'https://a.example/x?secret' }, mime: 'image/png', name: undefined },
      '*[image, image/png, a.example]*',
    ],
  ])('%s', (_, part, expected) => {
    expect(messagesMarkdown([message(part)])).toBe(`### user\n\n${expected}`)
  })
})

test('a fence is longer than those within', () => expect(fenced('```\nx\n```')).toBe('````\n```\nx\n```\n````'))

test.each([
  ['nothing', '', ''],
  [
    'a chat',
    '[{"role":"user","content":"hi"},{"role":"assistant","content":"ho"}]',
    '### user\n\nhi\n\n### assistant\n\nho',
  ],
  ['JSON with its numbers as they were sent', '{"price":1.10}', '```json\n{\n  "price": 1.10\n}\n```'],
])('%s', (_, text, expected) => expect(presentationMarkdown(present(text))).toBe(expected))
