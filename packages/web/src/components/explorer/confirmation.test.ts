import { expect, test } from 'vitest'
import { confirmationOf, isConfirmed } from './confirmation.ts'

test.each([
  ['few are not confirmed', { total: 1000, isEstimated: false }, undefined],
  ['many are, by their number', { total: 1001, isEstimated: false }, '1001'],
  ['an estimate is, by a word', { total: 1001, isEstimated: true }, 'delete'],
  ['an estimate of few is, too, since they may be many', { total: 3, isEstimated: true }, 'delete'],
])('%s', (_, counted, wanted) => {
  expect(confirmationOf(counted)).toBe(wanted)
})

test.each<[string, Parameters<typeof isConfirmed>, boolean]>([
  ['nothing, where nothing is wanted', [undefined, ''], true],
  ['the number', ['12345', '12345'], true],
  ['the number in groups', ['12345', '12,345'], true],
  ['the number in groups of blanks', ['12345', ' 12 345 '], true],
  ['another number', ['12345', '1234'], false],
  ['nothing, where a number is wanted', ['12345', ''], false],
  ['the word', ['delete', 'delete'], true],
  ['the word, large', ['delete', 'Delete '], true],
  ['a number for the word', ['delete', '12345'], false],
])('%s', (_, [wanted, typed], isSure) => {
  expect(isConfirmed(wanted, typed)).toBe(isSure)
})
