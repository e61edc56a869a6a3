import { describe, expect, test } from 'vitest'
import { createKeptDays, type DayQuestion, type KeptBounds } from './kept-days.ts'
import { createWrittenDays } from './written-days.ts'

const ALL = { from: undefined, to: undefined }
const question = (key: string): DayQuestion => ({
  table: 'traces',
  projectId: 'p',
  key,
  figures: { by: [], columns: {} },
})

/** What is kept within bounds, and the keys that were loaded so far; each question has three rows. */
function open(bounds: KeptBounds) {
  const kept = createKeptDays({ written: createWrittenDays(), isSettled: async () => true, ...bounds })
  const loaded: string[] = []
  const loading = (key: string) => async () => {
    loaded.push(key)
    return [1, 2, 3].map((day) => ({ day }))
  }
  return {
    loaded,
    byDay: (key: string) => kept.find(question(key), ALL, loading(key)),
    whole: (key: string) => kept.findWhole(question(key), loading(key)),
  }
}

describe('the question asked longest ago goes first', () => {
  test.each([
    ['past as many rows', { maxRows: 6 }, 'byDay'],
    ['past as many questions', { maxQuestions: 2 }, 'byDay'],
    ['past as many questions over all days', { maxQuestions: 2 }, 'whole'],
  ] as const)('%s', async (_, bounds, of) => {
    const { [of]: ask, loaded } = open(bounds)
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key)
    expect(loaded).toEqual(['a', 'b', 'c', 'b'])
  })
})
