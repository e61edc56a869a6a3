import { expect, test } from 'vitest'
import { printJson } from '#lib/json/print.ts'
import { parseTree } from '#lib/json/tree.ts'
import { anyValue } from './any-value.ts'

test.each([
  ['null', '{}'],
  ['true', '{"boolValue":true}'],
  ['"a\\nb"', '{"stringValue":"a\\nb"}'],
  ['-12', '{"intValue":"-12"}'],
  ['9007199254740993', '{"intValue":"9007199254740993"}'],
  ['18446744073709551616', '{"doubleValue":18446744073709551616}'],
  ['1.10', '{"doubleValue":1.10}'],
  ['1e999', '{"stringValue":"1e999"}'],
  ['[1,[]]', '{"arrayValue":{"values":[{"intValue":"1"},{"arrayValue":{"values":[]}}]}}'],
  [
    '{"a":{"b":null}}',
    '{"kvlistValue":{"values":[{"key":"a","value":{"kvlistValue":{"values":[{"key":"b","value":{}}]}}}]}}',
  ],
])('%s is %s', (json, expected) => {
  expect(printJson(anyValue(parseTree(json)))).toBe(expected)
})
