import { describe, expect, test } from 'vitest'
import { createPool } from './pool.ts'

/** Work that ends when told. */
function gate<T>() {
  let open: (value: T) => void = () => {}
  const promise = new Promise<T>((resolve) => {
    open = resolve
  })
  return { promise, open }
}

test('one piece of work a connection, the others in turn', async () => {
  const pool = createPool(['a'], { maxWaiting: 2 })
  const first = gate<string>()
  const order: string[] = []
  const running = pool.run(() => first.promise)
  const second = pool.run(async () => order.push('second'))
  const third = pool.run(async () => order.push('third'))
  expect(pool.busy()).toBe(1)
  expect(pool.waiting()).toBe(2)
  first.open('done')
  expect(await running).toBe('done')
  await Promise.all([second, third])
  expect(order).toEqual(['second', 'third'])
  expect(pool.busy()).toBe(0)
})

test('refuses who would wait behind too many, and says when to come back', async () => {
  const pool = createPool(['a'], { maxWaiting: 0 })
  const first = gate<void>()
  const running = pool.run(() => first.promise)
  await expect(pool.run(async () => 1)).rejects.toMatchObject({ code: 'too_many_requests', retryAfter: 1 })
  first.open()
  await running
})

test('of those who wait, one of whom least is under way goes next', async () => {
  const pool = createPool(['a', 'b'], { maxWaiting: 10 })
  const gates = { one: gate<void>(), two: gate<void>() }
  const order: string[] = []
  const greedy = [gates.one, gates.two].map(({ promise }) => pool.run(() => promise, { owner: 'greedy' }))
  const late = ['greedy', 'greedy', 'modest', 'greedy', 'modest'].map((owner, index) =>
    pool.run(async () => order.push(`${owner} ${index}`), { owner }),
  )
  gates.one.open()
  await Promise.all(late)
  expect(order).toEqual(['modest 2', 'modest 4', 'greedy 0', 'greedy 1', 'greedy 3'])
  gates.two.open()
  await Promise.all(greedy)
})

test('who has waited too long is told to come back, and leaves the queue', async () => {
  const pool = createPool(['a'], { maxWaiting: 1 })
  const first = gate<void>()
  const running = pool.run(() => first.promise)
  await expect(pool.run(async () => 1, { waitAtMostMs: 1 })).rejects.toMatchObject({
    code: 'too_many_requests',
    retryAfter: 1,
  })
  expect(pool.waiting()).toBe(0)
  first.open()
  await running
})

test('who gives up is answered at once; the connection stays taken until the work ends', async () => {
  const pool = createPool(['a'], { maxWaiting: 1 })
  const work = gate<void>()
  const controller = new AbortController()
  const started = gate<void>()
  const running = pool.run(
    () => {
      started.open()
      return work.promise
    },
    { signal: controller.signal },
  )
  await started.promise
  controller.abort()
  await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  expect(pool.busy()).toBe(1)
  const next = pool.run(async (connection) => connection)
  work.open()
  expect(await next).toBe('a')
})

test('who gives up in the queue leaves it', async () => {
  const pool = createPool(['a'], { maxWaiting: 1 })
  const work = gate<void>()
  const running = pool.run(() => work.promise)
  const controller = new AbortController()
  const waiting = pool.run(async () => 1, { signal: controller.signal })
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  expect(pool.waiting()).toBe(0)
  work.open()
  await running
})

test('does not start work for a signal that aborted already', async () => {
  const pool = createPool(['a'], { maxWaiting: 1 })
  await expect(pool.run(async () => 1, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  expect(pool.busy()).toBe(0)
})

test('lets a caller go when the work outstays its time', async () => {
  const pool = createPool(['a'], { maxWaiting: 1 })
  const work = gate<void>()
  await expect(pool.run(() => work.promise, { giveUpAfterMs: 1 })).rejects.toMatchObject({ code: 'query_too_heavy' })
  work.open()
  await pool.close()
})

test('frees the connection of work that fails', async () => {
  const pool = createPool(['a'], { maxWaiting: 1 })
  await expect(pool.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await pool.run(async (connection) => connection)).toBe('a')
})

test('closing waits for the work under way, also of those who gave up, and refuses more', async () => {
  const pool = createPool(['a', 'b'], { maxWaiting: 1 })
  const work = gate<void>()
  const controller = new AbortController()
  const started = gate<void>()
  const running = pool.run(
    () => {
      started.open()
      return work.promise
    },
    { signal: controller.signal },
  )
  await started.promise
  controller.abort()
  await expect(running).rejects.toBeDefined()
  let isClosed = false
  const closing = pool.close().then(() => {
    isClosed = true
  })
  await expect(pool.run(async () => 1)).rejects.toMatchObject({ code: 'unavailable' })
  expect(isClosed).toBe(false)
  work.open()
  await closing
  expect(isClosed).toBe(true)
})

describe('a connection whose work failed', () => {
  const fail = () => Promise.reject(new Error('no'))

  test('is repaired before the next caller has it', async () => {
    const repaired = gate<void>()
    const events: string[] = []
    const pool = createPool(['a'], {
      maxWaiting: 1,
      repair: async () => {
        await repaired.promise
        events.push('repaired')
      },
    })
    await expect(pool.run(fail)).rejects.toThrow('no')
    const next = pool.run(async () => events.push('used'))
    repaired.open()
    await next
    expect(events).toEqual(['repaired', 'used'])
  })

  test('is given up when it cannot be repaired, with those who wait for the last one', async () => {
    const pool = createPool(['a'], { maxWaiting: 1, repair: fail })
    await expect(pool.run(fail)).rejects.toThrow('no')
    await expect(pool.run(async () => 1)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(pool.run(async () => 1)).rejects.toMatchObject({ code: 'unavailable' })
    await pool.close()
  })
})
