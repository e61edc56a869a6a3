import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { goBack } from './go-back.ts'

const HOUR = 3_600_000_000_000n
const START = 1000n * HOUR

interface Walk {
  /** Hours from the start to the beginning. */
  readonly hours: number
  readonly budgetMs: number
  /** What an hour takes. */
  readonly msAnHour: number
  /** How many hours back is all that is needed. */
  readonly enoughAt?: number
  /** How many hours back the engine refuses. */
  readonly refusedAt?: number
}

/** The steps, as hours back from the start, and where it stopped. */
async function walk({ hours, budgetMs, msAnHour, enoughAt = Infinity, refusedAt = Infinity }: Walk) {
  let clock = 0
  const steps: string[] = []
  const back = (instant: bigint) => Number((START - instant) / HOUR)
  const stoppedAt = await goBack({
    start: START,
    from: START - BigInt(hours) * HOUR,
    budget: { ms: budgetMs, now: () => clock },
    look: async ({ before, from }) => {
      const [newer, older] = [before === undefined ? 0 : back(before), back(from)]
      if (older >= refusedAt) throw new AppError('query_too_heavy')
      steps.push(`${before === undefined ? 'future' : newer}-${older}`)
      clock += (older - newer) * msAnHour
      return older >= enoughAt
    },
  })
  return { steps: steps.join(' '), stoppedAt: stoppedAt === undefined ? undefined : back(stoppedAt) }
}

describe('going back', () => {
  test.each<[string, Walk, Awaited<ReturnType<typeof walk>>]>([
    [
      'widens its steps to the beginning',
      { hours: 720, budgetMs: 5000, msAnHour: 0 },
      { steps: 'future-1 1-25 25-601 601-720', stoppedAt: undefined },
    ],
    [
      'stops when it has enough',
      { hours: 720, budgetMs: 5000, msAnHour: 0, enoughAt: 20 },
      { steps: 'future-1 1-25', stoppedAt: undefined },
    ],
    [
      'takes no step that its pace does not allow',
      { hours: 720, budgetMs: 5000, msAnHour: 500 },
      { steps: 'future-1 1-10', stoppedAt: 10 },
    ],
    ['does one step of any budget', { hours: 720, budgetMs: 0, msAnHour: 1 }, { steps: 'future-1', stoppedAt: 1 }],
    [
      'keeps what it has when the engine refuses more',
      { hours: 720, budgetMs: 5000, msAnHour: 0, refusedAt: 100 },
      { steps: 'future-1 1-25', stoppedAt: 25 },
    ],
    [
      'is over at the beginning, however long it took',
      { hours: 1, budgetMs: 0, msAnHour: 9000 },
      { steps: 'future-1', stoppedAt: undefined },
    ],
  ])('%s', async (_, asked, expected) => {
    expect(await walk(asked)).toEqual(expected)
  })

  test('fails where the engine refuses the first step', async () => {
    await expect(walk({ hours: 9, budgetMs: 1, msAnHour: 1, refusedAt: 0 })).rejects.toMatchObject({
      code: 'query_too_heavy',
    })
  })
})
