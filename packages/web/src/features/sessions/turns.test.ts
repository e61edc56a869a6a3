import { describe, expect, test } from 'vitest'
import type { TurnRecord } from '#api/sessions.ts'
import { messageText } from '#lib/chat/prompt-change.ts'
import { traceRow as row } from './trace-row.fixture.ts'
import { stripOf, tellsConversation, turnsOf } from './turns.ts'

const said = (...messages: [string, string][]) => JSON.stringify(messages.map(([role, content]) => ({ role, content })))
const record = (input: string, output: string, last?: TurnRecord['last']): TurnRecord => ({
  input,
  output,
  last,
  tools: [],
})

describe('a trace tells the conversation', () => {
  test.each([
    ['when both sides are chats', { input: said(['user', 'hi']), output: said(['assistant', 'hello']) }, true],
    ['when its input is plain', { input: '"hi"', output: said(['assistant', 'hello']) }, true],
    ['when a text is all that it holds', { input: '{"question":"hi"}', output: 'hello' }, true],
    ['not when its output is data', { input: '"hi"', output: '{"rounds":4,"merged":true}' }, false],
    ['not without payloads', { input: '', output: '' }, false],
  ])('%s', (_, payloads, expected) => expect(tellsConversation(payloads)).toBe(expected))
})

test('turns show what is new, from the last generation where the trace itself is silent', () => {
  const records = new Map([
    ['a', record(said(['user', 'one']), said(['assistant', 'first']))],
    ['d', record('{"question":"three"}', '"third\\nline"')],
    ['b', record('{}', '{}', { input: said(['user', 'one'], ['user', 'two']), output: said(['assistant', 'second']) })],
  ])
  const turns = turnsOf([row('b', 200_000), row('a', 0), row('c', 201_500), row('d', 203_000)], records)
  const text = turns.map(({ user, assistant }) => [user, assistant].map((one) => one && messageText(one)))
  expect(text).toEqual([
    ['one', 'first'],
    ['two', 'second'],
    [undefined, undefined],
    ['three', 'third\nline'],
  ])
  expect(turns.map(({ pauseMs }) => pauseMs)).toEqual([undefined, 199_000, undefined, undefined])
})

test('the strip has blocks as wide as traces are long, and long pauses', () => {
  const pieces = stripOf([row('b', 100_000, null), row('a', 0, 10)])
  expect(pieces.map((piece) => (piece.kind === 'pause' ? piece.ms : [piece.row.id, piece.weight]))).toEqual([
    ['a', 1],
    90_000,
    ['b', 0.04],
  ])
})
