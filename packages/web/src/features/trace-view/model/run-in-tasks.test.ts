import { expect, test } from 'vitest'
import { runInTasks } from './run-in-tasks.ts'

function* threeSteps(done: string[]): Generator<void, number> {
  done.push('first')
  yield
  done.push('second')
  yield
  return 3
}

test('nothing is done at once, and all in the end', async () => {
  const done: string[] = []
  const result = new Promise((resolve) => runInTasks(threeSteps(done), resolve))
  expect(done).toEqual([])
  expect(await result).toBe(3)
  expect(done).toEqual(['first', 'second'])
})

test('what is stopped is not gone on with', async () => {
  const done: string[] = []
  const stop = runInTasks(threeSteps(done), () => done.push('end'))
  stop()
  await new Promise((resolve) => runInTasks(threeSteps([]), resolve))
  expect(done).toEqual([])
})
