import { expect, test } from 'vitest'
import { AppError, type ErrorCode } from '#domain/errors.ts'
import { isOutOfRoom, type Operation, toAppError } from './engine-errors.ts'

const failure = (type: string, message = 'Something.') => Object.assign(new Error(message), { type, code: '1' })

test.each<[Operation, Error, ErrorCode]>([
  ['query', failure('TIMEOUT_EXCEEDED'), 'query_too_heavy'],
  ['query', failure('MEMORY_LIMIT_EXCEEDED', 'Query memory limit exceeded: would use 2 GiB'), 'query_too_heavy'],
  ['query', failure('MEMORY_LIMIT_EXCEEDED', '(total) memory limit exceeded: would use 2 GiB'), 'unavailable'],
  ['query', failure('TOO_MANY_ROWS_OR_BYTES'), 'result_too_large'],
  ['query', failure('SYNTAX_ERROR'), 'internal'],
  ['query', failure('UNKNOWN_IDENTIFIER'), 'internal'],
  ['query', failure('TOO_MANY_SIMULTANEOUS_QUERIES'), 'too_many_requests'],
  ['query', new Error('connect ECONNREFUSED 127.0.0.1:8123'), 'unavailable'],
  ['insert', failure('INCORRECT_DATA'), 'bad_request'],
  ['insert', failure('CANNOT_PARSE_DATETIME'), 'bad_request'],
  ['insert', failure('CANNOT_READ_ARRAY_FROM_TEXT'), 'bad_request'],
  ['insert', failure('NO_SUCH_COLUMN_IN_TABLE'), 'bad_request'],
  ['insert', failure('MEMORY_LIMIT_EXCEEDED', 'Query memory limit exceeded'), 'unavailable'],
  ['insert', failure('TIMEOUT_EXCEEDED'), 'unavailable'],
  ['insert', failure('TOO_MANY_PARTS'), 'unavailable'],
  ['insert', failure('NOT_ENOUGH_SPACE'), 'unavailable'],
  ['insert', failure('UNKNOWN_TABLE'), 'unavailable'],
  ['insert', failure('CANNOT_READ_FROM_FILE_DESCRIPTOR'), 'unavailable'],
  ['insert', failure('CANNOT_READ_FROM_SOCKET'), 'unavailable'],
  ['command', failure('SYNTAX_ERROR'), 'internal'],
  ['ping', new Error('socket hang up'), 'unavailable'],
])('%s failing with %o is %s', (operation, error, code) => {
  expect(toAppError(error, operation)).toMatchObject({ code, cause: error })
})

test.each<[string, unknown, boolean]>([
  ['memory', failure('MEMORY_LIMIT_EXCEEDED', 'Query memory limit exceeded: would use 2 GiB'), true],
  ['the memory of all', failure('MEMORY_LIMIT_EXCEEDED', '(total) memory limit exceeded: would use 2 GiB'), false],
  ['room for a result', failure('TOO_MANY_ROWS_OR_BYTES'), true],
  ['time', failure('TIMEOUT_EXCEEDED'), false],
])('a query out of %s is out of room: %o, %s', (_, error, expected) => {
  expect(isOutOfRoom(toAppError(error, 'query'))).toBe(expected)
})

test('passes a failure of ours on', () => {
  const error = new AppError('too_many_requests')
  expect(toAppError(error, 'query')).toBe(error)
})

test('says what the engine said, on one line', () => {
  expect(toAppError(failure('SYNTAX_ERROR', 'Expected a word.\nStack'), 'query').message).toBe(
    'The store failed in a query: Expected a word. (SYNTAX_ERROR)',
  )
})
