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

interface Case {
  readonly family: ErrorFamily
  readonly error: AppError
  readonly stage?: Stage
  readonly status: number
  readonly body: object
}

const noHeader = new AppError('unauthorized', 'No authorization header')
const tooBig = new AppError('payload_too_large', 'The body is larger than 9 bytes')
const full = new AppError('log_full', 'The event log holds 1 GiB; raise XTRACE_EVENT_LOG_MAX_BYTES', { retryAfter: 2 })
const invalid = new AppError('bad_request', undefined, { issues })
const reasoned = new AppError('bad_request', 'm', { reason: 'invalid_json_path', details: { value: 'x' } })
const broken = new AppError('internal', 'column x is missing')
const heavy = new AppError('query_too_heavy')
const named = (code: 'method_not_allowed' | 'not_found' | 'conflict' | 'unavailable' | 'not_implemented') =>
  new AppError(code)

const CASES: readonly (readonly [string, Case])[] = [
  [
    'langfuse: a bad value',
    {
      family: 'langfuse',
      error: new AppError('bad_request', 'Invalid cursor format'),
      status: 400,
      body: { message: 'Invalid cursor format', error: 'InvalidRequestError' },
    },
  ],
  [
    'langfuse: issues',
    { family: 'langfuse', error: invalid, status: 400, body: { message: 'Invalid request data', error: issues } },
  ],
  [
    'langfuse: no key',
    { family: 'langfuse', error: noHeader, stage: 'auth', status: 401, body: { message: 'No authorization header' } },
  ],
  [
    'langfuse: wrong scope',
    {
      family: 'langfuse',
      error: new AppError('forbidden'),
      stage: 'auth',
      status: 403,
      body: { message: 'Access denied' },
    },
  ],
  [
    'langfuse: keys can not be read',
    {
      family: 'langfuse',
      error: named('unavailable'),
      stage: 'auth',
      status: 503,
      body: { message: 'Service Unavailable' },
    },
  ],
  [
    'prompts: no key',
    {
      family: 'prompts',
      error: noHeader,
      stage: 'auth',
      status: 401,
      body: { message: 'No authorization header', error: 'UnauthorizedError' },
    },
  ],
  [
    'prompts: issues',
    { family: 'prompts', error: invalid, status: 400, body: { message: 'Invalid request data', error: issues } },
  ],
  [
    'langfuse: not found',
    {
      family: 'langfuse',
      error: new AppError('not_found', 'Trace not found'),
      status: 404,
      body: { message: 'Trace not found', error: 'LangfuseNotFoundError' },
    },
  ],
  [
    'langfuse: method',
    {
      family: 'langfuse',
      error: named('method_not_allowed'),
      status: 405,
      body: { message: 'Method not allowed', error: 'MethodNotAllowedError' },
    },
  ],
  [
    'langfuse: conflict',
    {
      family: 'langfuse',
      error: named('conflict'),
      status: 409,
      body: { message: 'Conflict', error: 'LangfuseConflictError' },
    },
  ],
  [
    'langfuse: too heavy',
    { family: 'langfuse', error: heavy, status: 422, body: { message: heavy.message, error: 'Request timed out' } },
  ],
  [
    'langfuse: too large to print',
    {
      family: 'langfuse',
      error: new AppError('result_too_large', 'Cut it'),
      status: 422,
      body: { message: 'Cut it', error: 'PayloadTooLargeError' },
    },
  ],
  [
    'langfuse: our fault',
    {
      family: 'langfuse',
      error: broken,
      status: 500,
      body: { message: 'Internal Server Error', error: 'InternalServerError' },
    },
  ],
  [
    'langfuse: not built',
    {
      family: 'langfuse',
      error: named('not_implemented'),
      status: 501,
      body: { message: 'Not implemented', error: 'NotImplementedError' },
    },
  ],
  [
    'langfuse: store down',
    {
      family: 'langfuse',
      error: named('unavailable'),
      status: 503,
      body: { message: 'Service Unavailable', error: 'ServiceUnavailableError' },
    },
  ],
  [
    'ingestion: no key',
    {
      family: 'ingestion',
      error: noHeader,
      stage: 'auth',
      status: 401,
      body: { error: 'UnauthorizedError', message: 'No authorization header' },
    },
  ],
  [
    'ingestion: wrong scope',
    {
      family: 'ingestion',
      error: new AppError('forbidden'),
      stage: 'auth',
      status: 403,
      body: { error: 'ForbiddenError', message: 'Access denied' },
    },
  ],
  [
    'ingestion: keys can not be read',
    {
      family: 'ingestion',
      error: named('unavailable'),
      stage: 'auth',
      status: 500,
      body: { error: 'Internal Server Error' },
    },
  ],
  [
    'ingestion: method',
    {
      family: 'ingestion',
      error: named('method_not_allowed'),
      status: 405,
      body: { error: 'MethodNotAllowedError', message: 'Method not allowed' },
    },
  ],
  [
    'ingestion: issues',
    {
      family: 'ingestion',
      error: invalid,
      status: 400,
      body: { message: 'Invalid request data', errors: [ISSUE_TEXT] },
    },
  ],
  [
    'ingestion: issues as text',
    {
      family: 'ingestion',
      error: new AppError('bad_request', undefined, { issues: ['batch is missing'] }),
      status: 400,
      body: { message: 'Invalid request data', errors: ['batch is missing'] },
    },
  ],
  [
    'ingestion: malformed',
    {
      family: 'ingestion',
      error: new AppError('bad_request', 'Invalid JSON'),
      status: 400,
      body: { message: 'Invalid request data', errors: ['Invalid JSON'] },
    },
  ],
  [
    'ingestion: too large',
    { family: 'ingestion', error: tooBig, status: 413, body: { message: tooBig.message, errors: [tooBig.message] } },
  ],
  [
    'ingestion: our fault',
    {
      family: 'ingestion',
      error: broken,
      status: 500,
      body: { message: 'Invalid request data', errors: ['Internal Server Error'] },
    },
  ],
  [
    'ingestion: log full',
    { family: 'ingestion', error: full, status: 503, body: { message: full.message, errors: [full.message] } },
  ],
  [
    'otlp: no key',
    { family: 'otlp', error: noHeader, stage: 'auth', status: 401, body: { message: 'No authorization header' } },
  ],
  [
    'otlp: malformed',
    {
      family: 'otlp',
      error: new AppError('bad_request', 'Invalid content type'),
      status: 400,
      body: { error: 'Invalid content type' },
    },
  ],
  [
    'otlp: issues',
    { family: 'otlp', error: invalid, status: 400, body: { error: `Invalid request data: ${ISSUE_TEXT}` } },
  ],
  [
    'otlp: method',
    {
      family: 'otlp',
      error: named('method_not_allowed'),
      status: 405,
      body: { message: 'Method not allowed', error: 'MethodNotAllowedError' },
    },
  ],
  ['otlp: log full', { family: 'otlp', error: full, status: 503, body: { error: full.message } }],
  [
    'native: no key',
    {
      family: 'native',
      error: noHeader,
      stage: 'auth',
      status: 401,
      body: { message: 'Unauthorized', code: 'UNAUTHORIZED' },
    },
  ],
  [
    'native: a bad value',
    {
      family: 'native',
      error: invalid,
      status: 400,
      body: { message: `Invalid request data: ${ISSUE_TEXT}`, code: 'BAD_REQUEST' },
    },
  ],
  [
    'native: not found',
    { family: 'native', error: named('not_found'), status: 404, body: { message: 'Not found', code: 'NOT_FOUND' } },
  ],
  [
    'native: too large',
    { family: 'native', error: tooBig, status: 413, body: { message: tooBig.message, code: 'PAYLOAD_TOO_LARGE' } },
  ],
  [
    'native: too many',
    {
      family: 'native',
      error: new AppError('too_many_requests'),
      status: 429,
      body: { message: 'Too Many Requests', code: 'TOO_MANY_REQUESTS' },
    },
  ],
  [
    'native: our fault',
    {
      family: 'native',
      error: broken,
      status: 500,
      body: { message: 'Internal Server Error', code: 'INTERNAL_ERROR' },
    },
  ],
  [
    'native: log full',
    { family: 'native', error: full, status: 503, body: { message: full.message, code: 'SERVICE_UNAVAILABLE' } },
  ],
  [
    'projects: no key',
    { family: 'projects', error: noHeader, stage: 'auth', status: 401, body: { message: 'No authorization header' } },
  ],
  [
    'projects: wrong scope',
    {
      family: 'projects',
      error: new AppError('forbidden'),
      stage: 'auth',
      status: 403,
      body: { message: 'Access denied' },
    },
  ],
  [
    'projects: method',
    { family: 'projects', error: named('method_not_allowed'), status: 405, body: { message: 'Method Not Allowed' } },
  ],
  ['organizations: issues', { family: 'organizations', error: invalid, status: 400, body: { error: INVALID_TEXT } }],
  [
    'scim: issues',
    {
      family: 'scim',
      error: invalid,
      status: 400,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: INVALID_TEXT, status: 400 },
    },
  ],
  [
    'unstable: no key',
    {
      family: 'unstable',
      error: noHeader,
      stage: 'auth',
      status: 401,
      body: { message: 'No authorization header', code: 'authentication_failed' },
    },
  ],
  [
    'unstable: issues of the query',
    {
      family: 'unstable',
      error: invalid,
      stage: 'query',
      status: 400,
      body: { message: 'Invalid query parameters', code: 'invalid_query', details: { issues: PUBLIC_ISSUES } },
    },
  ],
  [
    'unstable: issues of the body',
    {
      family: 'unstable',
      error: invalid,
      status: 400,
      body: { message: 'Invalid request body', code: 'invalid_body', details: { issues: PUBLIC_ISSUES } },
    },
  ],
  [
    'unstable: a reason',
    {
      family: 'unstable',
      error: reasoned,
      status: 400,
      body: { message: 'm', code: 'invalid_json_path', details: { value: 'x' } },
    },
  ],
  [
    'evaluation: a reason that its clients do not know',
    { family: 'evaluation', error: reasoned, status: 400, body: { message: 'm', code: 'invalid_request' } },
  ],
]

describe('errorReply', () => {
  test.each(CASES)('%s', (_name, { family, error, stage, status, body }) => {
    expect(errorReply(error, family, stage)).toMatchObject({ status, body })
    expect(errorReply(error, family, stage).body).toEqual(body)
  })

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
