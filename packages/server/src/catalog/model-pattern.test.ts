import { describe, expect, test } from 'vitest'
import { compilePattern, MAX_NAME_LENGTH, patternFault } from './model-pattern.ts'

describe('match patterns', () => {
  test.each([
    ['case counts', 'gpt', 'GPT-3.5', false],
    ['(?i) ignores it', '(?i)^(gpt-)(35|3.5)$', 'GPT-3.5', true],
    ['not anchored', 'gpt', 'my-gpt-4', true],
    [
      'fine-tuned name',
      '(?i)^(ft:)(babbage-002:)(.+)(:)(.*)(:)(.+)$',
      'ft:babbage-002:my-org#2:custom_suffix-2:id',
      true,
    ],
  ])('%s', (...[, pattern, name, expected]) => {
    expect(compilePattern(pattern).test(name)).toBe(expected)
  })

  test.each([
    '(?i)^(gpt-4o)$',
    '(?i)^(openai/)?(gpt-4o-[\\w.-]+|gpt-5.*|o1.*)(:free)?$',
    '^.*gpt.*$',
    'gpt-\\d{4}-\\d{2}-\\d{2}',
    '(?i)^(ft:)(babbage-002:)(.+)(:)(.*)(:)(.+)$',
    '^[^/]+/(?=x).{1,20}$',
    '^(?:us|eu)\\.anthropic\\.[(|)]+$',
  ])('%s may be kept, and is quick', (pattern) => {
    expect(patternFault(pattern)).toBeUndefined()
  })

  test.each([
    ['open bracket', '(gpt'],
    ['flag in the middle', 'a(?i)b'],
    ['nested repetition', '^(a+)+$'],
    ['choice in a repetition', '^(a|a)*$'],
    ['repetition in a bounded repetition', '^(\\w+\\s?){5,50}$'],
    ['many wildcards', '^.*a.*b.*c.*d.*e$'],
    ['many options', `^${'a?'.repeat(30)}${'a'.repeat(30)}$`],
    ['wildcards without an anchor', '.*a.*b.*c.*d'],
    ['named group that repeats', '^(?<x>a*)*$'],
    ['POSIX class', '^[[:alpha:]]+$'],
    ['very long', 'a'.repeat(2_001)],
  ])('%s is refused with a sentence', (_, pattern) => {
    expect(patternFault(pattern)).toMatch(/^Invalid regex pattern: /)
  })

  test('the worst that is kept ends', () => {
    const pattern = '^.*a.*a.*ab$'
    expect(patternFault(pattern)).toBeUndefined()
    expect(compilePattern(pattern).test('a'.repeat(MAX_NAME_LENGTH))).toBe(false)
  })
})
