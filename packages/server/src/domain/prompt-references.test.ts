import { describe, expect, test } from 'vitest'
import type { PromptContent } from '#domain/prompt.ts'
import { filledLength, fillReferences, findNameClash, findReferences, tagOf } from './prompt-references.ts'

const tag = (body: string) => `@@@langfusePrompt:${body}@@@`

describe('references in a prompt', () => {
  test.each<[string, PromptContent, readonly unknown[]]>([
    ['none', 'Hello {{name}}', []],
    ['by version', `a ${tag('name=x|version=2')} b`, [{ name: 'x', version: 2 }]],
    ['by label', tag('name=a/b c%|label=production'), [{ name: 'a/b c%', label: 'production' }]],
    ['once each', tag('name=x|version=1').repeat(3), [{ name: 'x', version: 1 }]],
    [
      'in the messages of a chat',
      [
        { role: 'system', content: tag('name=x|version=1') },
        { type: 'placeholder', name: tag('name=y|version=1') },
        { role: 'user', content: tag('name=z|label=l') },
      ],
      [
        { name: 'x', version: 1 },
        { name: 'z', label: 'l' },
      ],
    ],
    ['without a name', tag('name=|version=1'), [tag('name=|version=1')]],
    ['without a choice', tag('name=x'), [tag('name=x')]],
    ['of a version that is no number', tag('name=x|version=one'), [tag('name=x|version=one')]],
    ['of a version and a label', tag('name=x|version=1|label=l'), [tag('name=x|version=1|label=l')]],
    ['across lines are text', '@@@langfusePrompt:name=x\n|version=1@@@', []],
    ['that never end are text', '@@@langfusePrompt:name=x|version=1', []],
  ])('%s', (_, content, expected) => {
    expect(findReferences(content)).toEqual(expected)
  })

  test('a hostile text comes to an end', () => {
    expect(findReferences('@@@langfusePrompt:'.repeat(100_000))).toHaveLength(1)
    findNameClash([
      { role: 'u', content: '{{ '.repeat(200_000) + '{'.repeat(200_000) },
      { type: 'placeholder', name: 'x' },
    ])
  })
})

describe('filling references', () => {
  const texts = new Map([[tagOf({ name: 'x', version: 7 }), '$& {{y}} \\ "']])

  test.each<[string, PromptContent, PromptContent]>([
    ['text, taken as it is', `a ${tag('name=x|version=7')}!`, 'a $& {{y}} \\ "!'],
    ['another spelling of the version', tag('name=x|version=007'), '$& {{y}} \\ "'],
    ['an unknown one stays', tag('name=z|version=7'), tag('name=z|version=7')],
    [
      'messages keep what else they say',
      [
        { role: 'user', content: tag('name=x|version=7'), ...{ extra: [1] } },
        { type: 'placeholder', name: 'p' },
      ],
      [
        { role: 'user', content: '$& {{y}} \\ "', ...{ extra: [1] } },
        { type: 'placeholder', name: 'p' },
      ],
    ],
  ])('%s', (_, content, expected) => {
    const filled = fillReferences(content, texts)
    expect(filled).toEqual(expected)
    const textOf = (prompt: PromptContent) =>
      typeof prompt === 'string'
        ? prompt
        : prompt.map((message) => ('content' in message ? message.content : '')).join('')
    expect(filledLength(content, texts)).toBe(textOf(filled).length)
  })
})

describe('a variable that is a placeholder too', () => {
  const chat = (content: string): PromptContent => [
    { role: 'user', content },
    { type: 'placeholder', name: 'history' },
  ]
  test.each<[string, PromptContent, string | undefined]>([
    ['is found', chat('{{a}} {{ history }}'), 'history'],
    ['is not any variable', chat('{{a}} {history} history'), undefined],
    ['is not in a text', '{{history}}', undefined],
  ])('%s', (_, content, expected) => {
    expect(findNameClash(content)).toBe(expected)
  })
})
