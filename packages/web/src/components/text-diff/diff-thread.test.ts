import { describe, expect, test } from 'vitest'
import type { TextPiece } from '#lib/chat/word-diff.ts'
import { createDiffThread, type DiffRequest } from './diff-thread.ts'

/** A thread whose workers answer when they are told to, and what they did. */
function world() {
  const log: string[] = []
  const found: string[] = []
  let opened = 0
  let answer: (pieces: readonly TextPiece[] | undefined) => void = () => {}
  const compare = createDiffThread((onAnswer) => {
    opened += 1
    const name = `worker ${opened}`
    answer = onAnswer
    return {
      post: ({ after }: DiffRequest) => log.push(`${name}: ${after}`),
      terminate: () => log.push(`${name} ends`),
    }
  })
  return {
    log,
    found,
    compare: (name: string) =>
      compare({ before: '', after: name }, (pieces) => found.push(pieces.map(({ text }) => text).join())),
    answer: (text: string) => answer([{ text, change: 'same' }]),
    fail: () => answer(undefined),
  }
}

describe('texts that are compared beside the page', () => {
  test('are compared one after the other by one worker, which then ends', () => {
    const { log, found, compare, answer } = world()
    for (const name of ['a', 'b', 'c']) compare(name)
    expect(log).toEqual(['worker 1: a'])
    for (const name of ['A', 'B', 'C']) answer(name)
    expect(log).toEqual(['worker 1: a', 'worker 1: b', 'worker 1: c', 'worker 1 ends'])
    expect(found).toEqual(['A', 'B', 'C'])
  })

  test('are not compared when they are gone before their turn', () => {
    const { log, found, compare, answer } = world()
    compare('a')
    const leave = compare('b')
    compare('c')
    leave()
    answer('A')
    answer('C')
    expect(log).toEqual(['worker 1: a', 'worker 1: c', 'worker 1 ends'])
    expect(found).toEqual(['A', 'C'])
  })

  test('end their worker when they are gone while it is at work', () => {
    const { log, found, compare, answer } = world()
    const leave = compare('a')
    compare('b')
    leave()
    answer('B')
    leave()
    expect(log).toEqual(['worker 1: a', 'worker 1 ends', 'worker 2: b', 'worker 2 ends'])
    expect(found).toEqual(['B'])
  })

  test('count as replaced where the worker fails, and the next have another', () => {
    const { log, found, compare, answer, fail } = world()
    compare('a')
    compare('b')
    fail()
    answer('B')
    expect(log).toEqual(['worker 1: a', 'worker 1 ends', 'worker 2: b', 'worker 2 ends'])
    expect(found).toEqual([',a', 'B'])
  })
})
