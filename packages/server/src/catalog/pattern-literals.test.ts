import { expect, test } from 'vitest'
import { compilePattern } from './model-pattern.ts'
import { buildBuiltinModels } from './models/builtin.ts'
import { literalsOf } from './pattern-literals.ts'

test.each([
  ['gpt-4', ['gpt-4']],
  ['(?i)^GPT-4$', ['gpt-4']],
  ['^gpt-4o?$', ['gpt-4']],
  ['^gpt-4(?:-x)?$', ['gpt-4']],
  ['^(?:openai/)?(?:gpt-4|o1-mini)$', ['gpt-4', 'o1-mini']],
  ['^(?=(?:.*nova-2.*)$).*$', ['nova-2']],
  ['claude|^gemini', ['claude', 'gemini']],
  ['gpt-3\\.5', ['gpt-3.5']],
  ['a+bcd', ['bcd']],
  ['[gp]t-x', ['t-x']],
  ['(?:a(?:b|[)])c){2}xyz', ['xyz']],
  ['(?:abc){0}xyz', ['xyz']],
])('a match of %s holds one of %j', (pattern, literals) => {
  expect(literalsOf(pattern)).toEqual(literals)
})

test.each(['.*', '^(?:gpt)?$', '(?!gpt)', '(gpt)', '\\d\\w', 'gpt|.', '(?:x', 'a|bc'])(
  '%s needs no text',
  (pattern) => {
    expect(literalsOf(pattern)).toBeUndefined()
  },
)

test('built-in patterns all need some, and match nothing without it', () => {
  const models = buildBuiltinModels().filter((_, index) => index % 7 === 0)
  const names = models.flatMap(({ modelName }) => [
    modelName,
    `OpenRouter/${modelName.toUpperCase()}`,
    `${modelName}-x`,
  ])
  const wrong = models.flatMap(({ matchPattern }) => {
    const pattern = compilePattern(matchPattern)
    const literals = literalsOf(matchPattern)
    const misses = (name: string) => !literals?.some((literal) => name.toLowerCase().includes(literal))
    return names.filter((name) => pattern.test(name) && misses(name)).map((name) => [matchPattern, name])
  })
  expect(wrong).toEqual([])
})
