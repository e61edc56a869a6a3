/** No row of the matrix, and no fact, goes without a case: their numbers are read from the text of the tests. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const FOLDERS = [import.meta.dirname, join(import.meta.dirname, '../errors')]

const texts = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && name !== 'rows.test.ts')
    .map((name) => readFileSync(join(folder, name), 'utf8')),
)

/** The numbers that test names give: `'row 17: …'`. */
function numbersOf(word: string): number[] {
  const pattern = new RegExp(`['"\`]${word} (\\d+): `, 'g')
  const found = texts.flatMap((text) => Array.from(text.matchAll(pattern), (match) => Number(match[1])))
  return [...new Set(found)].sort((a, b) => a - b)
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

test('every row of langfuse-ingestion contract §9 has a case', () => {
  expect(numbersOf('row')).toEqual(upTo(80))
})

test('every fact of langfuse-ingestion contract §11 has a case', () => {
  expect(numbersOf('fact')).toEqual(upTo(12))
})
