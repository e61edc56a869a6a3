import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { AppError, ERRORS } from '#domain/errors.ts'
import { errorReply, type Stage, toAppError } from './errors.ts'
import type { ErrorFamily } from './route.ts'

const issues = z.object({ page: z.number() }).safeParse({ page: 'x' }).error?.issues ?? []
const ISSUE_TEXT = 'page: Invalid input: expected number, received string'
const INVALID_TEXT = `Invalid request data: ${ISSUE_TEXT}`
const PUBLIC_ISSUES = issues.map(({ code, message, path }) => ({ code, message, path }))

const noHeader = new AppError('unauthorized', 'No authorization header')
const wrongScope = new AppError('forbidden')
const down = new AppError('unavailable')
const wrongMethod = new AppError('method_not_allowed')
const tooBig = new AppError('payload_too_large', 'The body is larger than 9 bytes')
const full = new AppError('log_full', 'The event log holds 1 GiB; raise XTRACE_EVENT_LOG_MAX_BYTES', { retryAfter: 2 })
const malformed = new AppError('bad_request', 'Invalid JSON')
const invalid = new AppError('bad_request', undefined, { issues })
const invalidBatch = new AppError('bad_request', undefined, { issues: ['batch is missing'] })
const reasoned = new AppError('bad_request', 'm', { reason: 'invalid_json_path', details: { value: 'x' } })
const noTrace = new AppError('not_found', 'Trace not found')
const broken = new AppError('internal', 'column x is missing')
const heavy = new AppError('query_too_heavy')
const tooLarge = new AppError('result_too_large', 'Cut it')

const said = (message: string) => ({ message })
const named = (message: string, error: unknown) => ({ message, error })
const coded = (message: string, code: string) => ({ message, code })
const listed = (message: string, ...errors: string[]) => ({ message, errors })

type Case = [name: string, error: AppError, status: number, body: object, stage?: Stage]

const FAMILIES: readonly [ErrorFamily, readonly Case[]][] = [
  [
    'langfuse',
    [
      ['a bad value', malformed, 400, named('Invalid JSON', 'InvalidRequestError')],
      ['issues', invalid, 400, named('Invalid request data', issues)],
      ['no key', noHeader, 401, said('No authorization header'), 'auth'],
      ['wrong scope', wrongScope, 403, said('Access denied'), 'auth'],
      ['keys can not be read', down, 503, said('Service Unavailable'), 'auth'],
      ['not found', noTrace, 404, named('Trace not found', 'LangfuseNotFoundError')],
      ['method', wrongMethod, 405, named('Method not allowed', 'MethodNotAllowedError')],
      ['conflict', new AppError('conflict'), 409, named('Conflict', 'LangfuseConflictError')],
      ['too heavy', heavy, 422, named(heavy.message, 'Request timed out')],
      ['too large to print', tooLarge, 422, named('Cut it', 'PayloadTooLargeError')],
      ['our fault', broken, 500, named('Internal Server Error', 'InternalServerError')],
      ['not built', new AppError('not_implemented'), 501, named('Not implemented', 'NotImplementedError')],
      ['store down', down, 503, named('Service Unavailable', 'ServiceUnavailableError')],
    ],
  ],
  [
    'prompts',
    [
      ['no key', noHeader, 401, named('No authorization header', 'UnauthorizedError'), 'auth'],
      ['issues', invalid, 400, named('Invalid request data', issues)],
    ],
  ],
  [
    'ingestion',
    [
      ['no key', noHeader, 401, named('No authorization header', 'UnauthorizedError'), 'auth'],
      ['wrong scope', wrongScope, 403, named('Access denied', 'ForbiddenError'), 'auth'],
      ['keys can not be read', down, 500, { error: 'Internal Server Error' }, 'auth'],
      ['method', wrongMethod, 405, named('Method not allowed', 'MethodNotAllowedError')],
      ['issues', invalid, 400, listed('Invalid request data', ISSUE_TEXT)],
      ['issues as text', invalidBatch, 400, listed('Invalid request data', 'batch is missing')],
      ['malformed', malformed, 400, listed('Invalid request data', 'Invalid JSON')],
      ['too large', tooBig, 413, listed(tooBig.message, tooBig.message)],
      ['our fault', broken, 500, listed('Invalid request data', 'Internal Server Error')],
      ['log full', full, 503, listed(full.message, full.message)],
    ],
  ],
  [
    'otlp',
    [
      ['no key', noHeader, 401, said('No authorization header'), 'auth'],
      ['malformed', malformed, 400, { error: 'Invalid JSON' }],
      ['issues', invalid, 400, { error: INVALID_TEXT }],
      ['method', wrongMethod, 405, named('Method not allowed', 'MethodNotAllowedError')],
      ['log full', full, 503, { error: full.message }],
    ],
  ],
  [
    'native',
    [
      ['no key', noHeader, 401, coded('Unauthorized', 'UNAUTHORIZED'), 'auth'],
      ['a bad value', invalid, 400, coded(INVALID_TEXT, 'BAD_REQUEST')],
      ['not found', new AppError('not_found'), 404, coded('Not found', 'NOT_FOUND')],
      ['too large', tooBig, 413, coded(tooBig.message, 'PAYLOAD_TOO_LARGE')],
      ['too many', new AppError('too_many_requests'), 429, coded('Too Many Requests', 'TOO_MANY_REQUESTS')],
      ['our fault', broken, 500, coded('Internal Server Error', 'INTERNAL_ERROR')],
      ['log full', full, 503, coded(full.message, 'SERVICE_UNAVAILABLE')],
    ],
  ],
  [
    'projects',
    [
      ['no key', noHeader, 401, said('No authorization header'), 'auth'],
      ['wrong scope', wrongScope, 403, said('Access denied'), 'auth'],
      ['method', wrongMethod, 405, said('Method Not Allowed')],
    ],
  ],
  ['organizations', [['issues', invalid, 400, { error: INVALID_TEXT }]]],
  [
    'scim',
    [
      [
        'issues',
        invalid,
        400,
        { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: INVALID_TEXT, status: 400 },
      ],
    ],
  ],
  [
    'unstable',
    [
      ['no key', noHeader, 401, coded('No authorization header', 'authentication_failed'), 'auth'],
      [
        'issues of the query',
        invalid,
        400,
        { ...coded('Invalid query parameters', 'invalid_query'), details: { issues: PUBLIC_ISSUES } },
        'query',
      ],
      [
        'issues of the body',
        invalid,
        400,
        { ...coded('Invalid request body', 'invalid_body'), details: { issues: PUBLIC_ISSUES } },
      ],
      ['a reason', reasoned, 400, { ...coded('m', 'invalid_json_path'), details: { value: 'x' } }],
    ],
  ],
  ['evaluation', [['a reason that its clients do not know', reasoned, 400, coded('m', 'invalid_request')]]],
]

describe.each(FAMILIES)('errorReply, %s', (family, cases) => {
  test.each(cases)('%s', (...[, error, status, body, stage]) => {
    const reply = errorReply(error, family, stage)
    expect([reply.status, reply.body]).toEqual([status, body])
  })
})

describe('errorReply', () => {
  test.each([
    ['a full log', full, '2'],
    ['a refusal that gives no time', new AppError('too_many_requests'), '1'],
    ['a fraction of a second', new AppError('unavailable', 'x', { retryAfter: 0.2 }), '1'],
    ['a permanent failure', broken, undefined],
  ])('tells the client when to come back after %s', (_name, error, expected) => {
    expect(errorReply(error, 'langfuse').headers?.['Retry-After']).toBe(expected)
  })
})

describe('toAppError', () => {
  test('keeps an AppError', () => {
    expect(toAppError(full)).toBe(full)
  })

  test('takes the issues of a schema', () => {
    expect(toAppError(new z.ZodError(issues))).toMatchObject({ code: 'bad_request', issues })
  })

  test.each([
    ['an error', new Error('boom'), 'boom'],
    ['anything else', 'boom', 'boom'],
  ])('makes %s ours', (...[, thrown, message]) => {
    expect(toAppError(thrown)).toMatchObject({ code: 'internal', message, cause: thrown })
  })
})

test('docs/errors.md lists the codes with their status', () => {
  const docs = readFileSync(resolve(import.meta.dirname, '../../../../docs/errors.md'), 'utf8')
  const rows = Object.entries(ERRORS).map(
    ([code, { status, retryable, message }]) =>
      `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} | ${message} |`,
  )
  expect(docs.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows)
})

test.each([
  ['ENOSPC', 503, 'is full'],
  ['SQLITE_FULL', 503, 'is full'],
  ['22021', 400, 'NUL'],
  ['EIO', 500, 'Internal Server Error'],
])('a system that says %s is answered %i', (code, status, sentence) => {
  const error = toAppError(Object.assign(new Error('secret path'), { code }))
  const reply = errorReply(error, 'langfuse')
  expect([reply.status, JSON.stringify(reply.body)]).toEqual([status, expect.stringContaining(sentence)])
  expect(JSON.stringify(reply.body)).not.toContain('secret path')
})
