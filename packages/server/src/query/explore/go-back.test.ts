import { describe, expect, test } from 'vitest'
import { AppError, type ErrorCode } from '#domain/errors.ts'
import { startBudget } from './budget.ts'
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
  /** How many hours back the engine refuses, after all the time that a step may take. */
  readonly refusedAt?: number
  readonly refusal?: ErrorCode
}

/** The steps, as hours back from the start, and where it stopped; what each step might take, refused ones too. */
async function walk(asked: Walk) {
  const { hours, budgetMs, msAnHour, enoughAt = Infinity, refusedAt = Infinity, refusal = 'query_too_heavy' } = asked
  let clock = 0
  const steps: string[] = []
  const limits: (number | undefined)[] = []
  const back = (instant: bigint) => Number(START - instant) / Number(HOUR)
  const stoppedAt = await goBack({
    start: START,
    from: START - BigInt(hours) * HOUR,
    budget: startBudget(budgetMs, () => clock),
    look: async ({ from, to }, maxMs) => {
      const [newer, older] = [to === undefined ? 0 : back(to), back(from)]
      limits.push(maxMs && Math.round(maxMs))
      if (older >= refusedAt) {
        clock += maxMs ?? 0
        throw new AppError(refusal)
      }
      steps.push(`${to === undefined ? 'future' : newer}-${older}`)
      clock += (older - newer) * msAnHour
      return older >= enoughAt
    },
  })
  return { steps: steps.join(' '), stoppedAt: stoppedAt === undefined ? undefined : back(stoppedAt), limits }
}

describe('going back', () => {
  test.each<[string, Walk, Partial<Awaited<ReturnType<typeof walk>>>]>([
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
      'wants half of what is left at its pace, and lets no step but the first take more than two thirds',
      { hours: 720, budgetMs: 5000, msAnHour: 200 },
      {
        steps: 'future-1 1-13 13-19 19-22 22-23.5 23.5-24.5',
        stoppedAt: 24.5,
        limits: [undefined, 3200, 1600, 800, 400, 200],
      },
    ],
    ['does one step of any budget', { hours: 720, budgetMs: 0, msAnHour: 1 }, { steps: 'future-1', stoppedAt: 1 }],
    [
      'looks at less when the engine refuses more, and keeps what it has',
      { hours: 720, budgetMs: 5000, msAnHour: 0, refusedAt: 100 },
      {
        steps: 'future-1 1-25 25-49 49-73 73-97 97-98 98-99',
        stoppedAt: 99,
        limits: [undefined, 3333, 3333, 1111, 1111, 1111, 1111, 370, 370, 370],
      },
    ],
    ...(['too_many_requests', 'unavailable'] as const).map(
      (refusal): [string, Walk, Partial<Awaited<ReturnType<typeof walk>>>] => [
        `keeps what it has when an older step is refused with ${refusal}`,
        { hours: 720, budgetMs: 5000, msAnHour: 0, refusedAt: 100, refusal },
        { steps: 'future-1 1-25', stoppedAt: 25 },
      ],
    ),
    [
      'is over at the beginning, however long it took',
      { hours: 1, budgetMs: 0, msAnHour: 9000 },
      { steps: 'future-1', stoppedAt: undefined },
    ],
  ])('%s', async (_, asked, expected) => {
    expect(await walk(asked)).toMatchObject(expected)
  })

  test.each<[string, number, ErrorCode]>([
    ['the first step is refused', 0, 'query_too_heavy'],
    ['a step fails for another reason', 100, 'internal'],
  ])('fails where %s', async (_, refusedAt, refusal) => {
    const asked = { hours: 720, budgetMs: 5000, msAnHour: 0, refusedAt, refusal }
    await expect(walk(asked)).rejects.toMatchObject({ code: refusal })
  })
})
