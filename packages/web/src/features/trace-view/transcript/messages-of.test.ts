import { expect, test } from 'vitest'
import { messagesOf } from './messages-of.ts'

const choice = (content: string) => ({ index: 0, message: { role: 'assistant', content } })

test.each<[string, unknown, string[]]>([
  ['a text', 'hello', ['assistant: hello']],
  [
    'every alternative of an answer',
    { choices: [choice('one'), choice('two'), choice('three')] },
    ['assistant: one', 'assistant (alternative 2): two', 'assistant (alternative 3): three'],
  ],
  ['nothing', null, []],
])('%s', (_, ...[value, expected]) => {
  const lines = messagesOf(JSON.stringify(value), 'assistant').map(({ role, name, parts }) => {
    const words = parts.map((part) => (part.type === 'text' ? part.text : part.type)).join(' ')
    return `${role}${name === undefined ? '' : ` (${name})`}: ${words}`
  })
  expect(lines).toEqual(expected)
})
