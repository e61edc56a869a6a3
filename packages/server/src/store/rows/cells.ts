/**
 * Reads the cells of a result row. A column that the query did not ask for reads as absent, so
 * that lists may leave payloads in the store; a cell of the wrong kind is a fault of ours.
 */
import type { Origin } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import type { Nanos } from '#domain/time.ts'
import type { Row } from '#store/engine.ts'
import { msFromText, nanosFromText } from '#store/instants.ts'

function wrongCell(row: Row, column: string, expected: string): AppError {
  return new AppError('internal', `Column ${column} should be ${expected}, the store gave ${typeof row[column]}`)
}

/** Text; '' when absent. */
export function textOf(row: Row, column: string): string {
  const cell = row[column] ?? ''
  if (typeof cell !== 'string') throw wrongCell(row, column, 'text')
  return cell
}

/** Text, undefined for ''. */
export function optionalTextOf(row: Row, column: string): string | undefined {
  return textOf(row, column) || undefined
}

/** One of the known words, the fallback for any other (a row of a newer version). */
export function wordOf<Word extends string>(row: Row, column: string, words: readonly [Word, ...Word[]]): Word {
  const text = textOf(row, column)
  return words.find((word) => word === text) ?? words[0]
}

/** A number, 64-bit ones included, which arrive as text; undefined for NULL. */
export function optionalNumberOf(row: Row, column: string): number | undefined {
  const cell = row[column]
  if (cell === null || cell === undefined) return undefined
  const number = Number(cell)
  if (Number.isNaN(number)) throw wrongCell(row, column, 'a number')
  return number
}

export function numberOf(row: Row, column: string): number {
  return optionalNumberOf(row, column) ?? 0
}

export function boolOf(row: Row, column: string): boolean {
  return row[column] === true
}

/** A DateTime64(9); undefined for NULL. */
export function optionalNanosOf(row: Row, column: string): Nanos | undefined {
  const text = textOf(row, column)
  return text === '' ? undefined : nanosFromText(text)
}

/** A DateTime64(9). @throws AppError `internal` when the query left it out. */
export function nanosOf(row: Row, column: string): Nanos {
  const instant = optionalNanosOf(row, column)
  if (instant === undefined) throw wrongCell(row, column, 'an instant')
  return instant
}

/** A DateTime64(3) in milliseconds; 0 when absent. */
export function msOf(row: Row, column: string): number {
  const text = textOf(row, column)
  return text === '' ? 0 : msFromText(text)
}

export function textsOf(row: Row, column: string): string[] {
  const cell = row[column] ?? []
  if (!Array.isArray(cell)) throw wrongCell(row, column, 'an array')
  return cell.map(String)
}

function entriesOf(row: Row, column: string): [string, unknown][] {
  const cell = row[column] ?? {}
  if (typeof cell !== 'object') throw wrongCell(row, column, 'a map')
  return Object.entries(cell)
}

/** A map of numbers, 64-bit ones included. */
export function numberMapOf(row: Row, column: string): Record<string, number> {
  return Object.fromEntries(entriesOf(row, column).map(([key, value]) => [key, Number(value)]))
}

export function textMapOf(row: Row, column: string): Record<string, string> {
  return Object.fromEntries(entriesOf(row, column).map(([key, value]) => [key, String(value)]))
}

export function originOf(row: Row): Origin {
  return {
    apiKey: textOf(row, 'api_key'),
    sdkName: textOf(row, 'sdk_name'),
    sdkVersion: textOf(row, 'sdk_version'),
    via: wordOf(row, 'via', ['ingestion', 'otel', 'native', 'api']),
  }
}

export function originCells({ apiKey, sdkName, sdkVersion, via }: Origin) {
  return { api_key: apiKey, sdk_name: sdkName, sdk_version: sdkVersion, via }
}

/** Whole numbers from 0 to 2^53 - 1, which a UInt64 holds and a number carries exactly; others are brought near. */
export function wholeNumbers(map: Readonly<Record<string, number>>): Record<string, number> {
  return mapValues(map, (value) => Math.min(Math.max(Math.trunc(value) || 0, 0), Number.MAX_SAFE_INTEGER))
}

/** Finite numbers; the others have no JSON spelling and are left out. */
export function finiteNumbers(map: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => Number.isFinite(value)))
}

/** The same of one number, NULL for what is left out. */
export const finiteOrNull = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null

function mapValues(map: Readonly<Record<string, number>>, change: (value: number) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]))
}
