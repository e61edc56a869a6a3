/** The conditions that src/query/filter-sql.test.ts prints, and all others, asked of an engine. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Filter } from '#domain/filter.ts'
import type { View } from '#query/filter-sql.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at } from '../support/seed.ts'
import {
  absent,
  array,
  average,
  boolean,
  DASHED,
  from,
  HEX,
  idsOf,
  key,
  number,
  options,
  seedFiltered,
  text,
} from './filtered-rows.ts'

let opened: TestEngine

beforeAll(async () => {
  opened = await openTestEngine()
  await seedFiltered(opened.engine)
}, 60_000)

afterAll(() => opened.close())

describe('traces', () => {
  test.each<[string, Filter[], string[]]>([
    ['nothing', [], [HEX, 'bare', 'full']],
    ['text equals', [text('name', '=', 'checkout')], ['full']],
    ['by display name', [text('User ID', '=', 'u1')], ['full']],
    ['by alias', [text('traceName', 'starts with', 'check')], ['full']],
    ['text contains', [text('name', 'contains', 'eck')], ['full']],
    ['text contains is about case', [text('name', 'contains', 'ECK')], []],
    ['text does not contain', [text('name', 'does not contain', 'eck')], [HEX, 'bare']],
    ['text ends with', [text('name', 'ends with', 'out')], ['full']],
    ['a value full of quotes', [text('userId', '=', "o'brien\\")], [HEX]],
    ['an id in its other spelling', [text('id', '=', DASHED)], [HEX]],
    ['ids in other spellings', [options('traceId', 'any of', DASHED, 'bare')], [HEX, 'bare']],
    ['options: any of', [options('environment', 'any of', 'prod', 'dev')], ['full']],
    ['options: none of', [options('environment', 'none of', 'prod')], [HEX, 'bare']],
    [
      'time',
      [{ type: 'datetime', column: 'timestamp', operator: '>=', value: at('2026-01-03T12:00:00Z') }],
      [HEX, 'bare'],
    ],
    [
      'time, exclusive',
      [{ type: 'datetime', column: 'Timestamp', operator: '<', value: at('2026-01-03T12:00:00Z') }],
      ['full'],
    ],
    ['array: any of', [array('tags', 'any of', 'b', 'z')], ['full']],
    ['array: all of', [array('tags', 'all of', 'a', 'b')], ['full']],
    ['array: all of, one missing', [array('tags', 'all of', 'a', 'z')], []],
    ['array: none of', [array('tags', 'none of', 'a')], [HEX, 'bare']],
    ['array as options', [options('tags', 'any of', 'a')], ['full']],
    ['boolean', [boolean('bookmarked', '=', true)], ['full']],
    ['boolean, unequal', [boolean('bookmarked', '<>', true)], [HEX, 'bare']],
    ['null text', [absent('name', 'is null')], [HEX, 'bare']],
    ['not null text', [absent('sessionId', 'is not null')], ['full']],
    ['null array', [absent('tags', 'is null')], [HEX, 'bare']],
    ['position is ignored', [{ type: 'positionInTrace', column: 'whatever' }], [HEX, 'bare', 'full']],
    ['latency', [number('latency', '=', 2.5)], ['full']],
    ['latency by display name', [number('Latency (s)', '>', 2)], ['full']],
    ['nothing counts as 0', [number('latency', '<', 1)], [HEX, 'bare']],
    ['total cost', [number('totalCost', '>=', 0.3)], ['full']],
    ['total cost, from a day on', [from('2026-01-02T00:00:00Z'), number('totalCost', '>=', 0.3)], ['full']],
    ['no cost, from a day on', [from('2026-01-03T00:00:00Z'), number('totalCost', '<', 0.3)], [HEX, 'bare']],
    ['total cost by display name', [number('Total Cost ($)', '<', 0.3)], [HEX, 'bare']],
    ['input tokens', [number('inputTokens', '=', 15)], ['full']],
    ['output tokens', [number('outputTokens', '=', 5)], ['full']],
    ['tokens', [number('tokens', '=', 20)], ['full']],
    ['input cost', [number('inputCost', '>', 0.05)], ['full']],
    ['error count', [number('errorCount', '=', 1)], ['full']],
    ['error count 0', [number('errorCount', '=', 0)], [HEX, 'bare']],
    ['warnings with another condition', [number('warningCount', '>', 0), text('userId', '=', 'u1')], ['full']],
    [
      'no warnings with another condition',
      [number('warningCount', '=', 0), options('environment', 'any of', 'default')],
      [HEX, 'bare'],
    ],
    ['highest level', [options('level', 'any of', 'ERROR')], ['full']],
    ['a lower level', [options('level', 'any of', 'WARNING')], []],
    ['average score', [average('scores_avg', 'quality', ['=', 0.75])], ['full']],
    ['average score by alias', [average('scores', 'quality', ['>', 0.75])], []],
    [
      'category',
      [{ type: 'categoryOptions', column: 'score_categories', key: 'mood', operator: 'any of', value: ['happy'] }],
      ['full'],
    ],
    [
      'no such category',
      [{ type: 'categoryOptions', column: 'Scores (categorical)', key: 'mood', operator: 'none of', value: ['happy'] }],
      [HEX, 'bare'],
    ],
    [
      'boolean score',
      [{ type: 'booleanObject', column: 'score_booleans', key: 'ok', operator: '=', value: true }],
      ['full'],
    ],
    [
      'boolean score, unequal',
      [{ type: 'booleanObject', column: 'score_booleans', key: 'ok', operator: '<>', value: true }],
      [HEX, 'bare'],
    ],
    ['metadata equals', [key('tier', '=', 'gold')], ['full']],
    ['metadata number as text', [key('count', '=', '5')], ['full']],
    ['metadata contains', [key('tier', 'contains', 'ol')], ['full']],
    ['metadata: the key must exist', [key('tier', 'does not contain', 'x')], ['full']],
    ['metadata number', [average('metadata', 'count', ['>', 4])], ['full']],
    ['metadata number of a text', [average('metadata', 'tier', ['<', 4])], []],
    [
      'metadata boolean',
      [{ type: 'booleanObject', column: 'metadata', key: 'ok', operator: '=', value: true }],
      ['full'],
    ],
    [
      'metadata boolean, unequal',
      [{ type: 'booleanObject', column: 'metadata', key: 'ok', operator: '<>', value: false }],
      ['full'],
    ],
    [
      'metadata category',
      [{ type: 'categoryOptions', column: 'metadata', key: 'tier', operator: 'any of', value: ['gold', 'tin'] }],
      ['full'],
    ],
    [
      'metadata category in a list',
      [{ type: 'categoryOptions', column: 'metadata', key: 'list', operator: 'any of', value: ['q'] }],
      ['full'],
    ],
    [
      'metadata category, none of',
      [{ type: 'categoryOptions', column: 'metadata', key: 'tier', operator: 'none of', value: ['tin'] }],
      ['full'],
    ],
    ['metadata key with a dot', [key('a.b', '=', 'flat')], ['full']],
    ['metadata path', [key('deep.x.y', '=', 'z')], ['full']],
    ['metadata path to a number', [key('deep.x', '=', '1')], ['bare']],
    ['metadata key with a quote', [key("it's", '=', 'quoted')], ['full']],
    ['metadata is set', [key('deep', 'is set')], ['bare', 'full']],
    ['metadata path is set', [key('deep.x.y', 'is set')], ['full']],
    ['metadata is not set', [key('tier', 'is not set')], [HEX, 'bare']],
    ['metadata is null', [absent('metadata', 'is null')], [HEX]],
    ['all must hold', [text('name', '=', 'checkout'), text('userId', '=', 'nobody')], []],
  ])('%s', async (_name, filters, expected) => {
    expect(await idsOf(opened.engine, 'traces', filters)).toEqual(expected)
  })
})

describe('observations', () => {
  test.each<[string, View, Filter[], string[]]>([
    ['nothing', 'observations', [], ['o1', 'o2', 'o3']],
    ['type', 'observations', [options('type', 'any of', 'GENERATION')], ['o1']],
    ['latency', 'observations', [number('latency', '>=', 2.5)], ['o1']],
    ['open ones have no latency', 'observations', [absent('latency', 'is null')], ['o2', 'o3']],
    ['end', 'observations', [absent('endTime', 'is not null')], ['o1']],
    ['time to first token', 'observations', [number('timeToFirstToken', '=', 0.5)], ['o1']],
    ['tokens per second', 'observations', [number('tokensPerSecond', '=', 2)], ['o1']],
    ['tokens', 'observations', [number('Total Tokens', '=', 20)], ['o1']],
    ['total cost', 'observations', [number('totalCost', '>', 0)], ['o1']],
    ['prompt', 'observations', [text('promptName', '=', 'greet'), number('promptVersion', '=', 2)], ['o1']],
    ['model by alias', 'observations', [text('providedModelName', '=', 'gpt-4o')], ['o1']],
    ['tool names', 'observations', [array('toolNames', 'any of', 'search')], ['o1']],
    ['called tools', 'observations', [array('calledToolNames', 'none of', 'search')], ['o2', 'o3']],
    ['tool calls', 'observations', [number('toolCalls', '=', 2)], ['o1']],
    ['the trace says the user', 'observations', [text('userId', '=', 'u1')], ['o1']],
    ['its own user goes first', 'observations', [text('userId', '=', 'own')], ['o2']],
    ['no user anywhere', 'observations', [absent('userId', 'is null')], ['o3']],
    ['not this user', 'observations', [options('userId', 'none of', 'u1')], ['o2', 'o3']],
    ['trace name', 'observations', [text('traceName', '=', 'checkout')], ['o1']],
    ['trace tags', 'observations', [array('traceTags', 'all of', 'a', 'b')], ['o1']],
    ['trace environment', 'observations', [options('traceEnvironment', 'any of', 'prod')], ['o1', 'o2']],
    ['scores are dropped', 'observations', [average('scores_avg', 'quality', ['>', 9])], ['o1', 'o2', 'o3']],
    ['v2: average of its own scores', 'observationsV2', [average('scores_avg', 'quality', ['>', 0.75])], ['o1']],
    ['v2: no such average', 'observationsV2', [average('scores', 'quality', ['<', 0.75])], []],
    [
      'v2: category that was given to the trace alone',
      'observationsV2',
      [{ type: 'categoryOptions', column: 'score_categories', key: 'mood', operator: 'any of', value: ['happy'] }],
      [],
    ],
    [
      'v2: boolean score, unequal',
      'observationsV2',
      [{ type: 'booleanObject', column: 'score_booleans', key: 'ok', operator: '<>', value: true }],
      ['o1', 'o2', 'o3'],
    ],
    ['v2: root', 'observationsV2', [boolean('isRootObservation', '=', true)], ['o1', 'o3']],
    ['v2: has a parent', 'observationsV2', [boolean('hasParentObservation', '=', true)], ['o2', 'o3']],
    ['v2: no parent', 'observationsV2', [text('parentObservationId', '=', '')], ['o1']],
    ['v2: has input', 'observationsV2', [boolean('hasInput', '=', true)], ['o1']],
    ['v2: input matches words', 'observationsV2', [text('input', 'matches', 'WORLD, hello!')], ['o1']],
    ['v2: input matches no part of a word', 'observationsV2', [text('input', 'matches', 'hello w')], []],
    ['v2: input matches other writing as it stands', 'observationsV2', [text('input', 'matches', '世界')], []],
    ['v2: input matches signs as they stand', 'observationsV2', [text('input', 'matches', '"; --')], []],
    [
      'v2: input with another condition on it',
      'observationsV2',
      [text('input', 'matches', 'hello'), text('input', 'contains', 'World')],
      ['o1'],
    ],
    ['v2: metadata matches', 'observationsV2', [key('none', 'matches', 'x')], []],
    ['v2: tags', 'observationsV2', [array('tags', 'any of', 'x')], ['o2']],
    ['v2: release of the trace', 'observationsV2', [text('release', '=', 'r1')], ['o1', 'o2']],
    [
      'v2: experiment',
      'observationsV2',
      [text('experimentId', '=', 'e1'), boolean('isExperimentItemRootSpan', '=', true)],
      ['o1'],
    ],
    [
      'v2: key and SDK',
      'observationsV2',
      [text('ingestionApiKey', '=', 'pk'), text('ingestionSdkName', '=', 'test')],
      ['o1', 'o2', 'o3'],
    ],
  ])('%s', async (...[, view, filters, expected]) => {
    expect(await idsOf(opened.engine, view, filters)).toEqual(expected)
  })
})

describe('scores', () => {
  test.each<[string, Filter[], string[]]>([
    ['name', [text('name', '=', 'quality')], ['n1', 'n2']],
    ['value', [number('value', '>', 0.5), text('name', '=', 'quality')], ['n2']],
    ['boolean value', [boolean('booleanValue', '=', true)], ['b1']],
    ['category', [text('stringValue', '=', 'happy')], ['c1']],
    ['comment', [absent('comment', 'is not null')], ['b1']],
    ['user of the trace', [text('userId', '=', 'u1')], ['b1', 'c1', 'n1', 'n2']],
    ['tags of the trace', [array('trace_tags', 'all of', 'a')], ['b1', 'c1', 'n1', 'n2']],
    ['name of the trace', [text('traceName', '=', 'nope')], []],
    ['metadata', [key('by', '=', 'me')], ['s1']],
    ['session', [text('sessionId', '=', 's1')], ['s1']],
  ])('%s', async (_name, filters, expected) => {
    expect(await idsOf(opened.engine, 'scores', filters)).toEqual(expected)
  })
})
