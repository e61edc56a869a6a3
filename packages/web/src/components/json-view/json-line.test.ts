import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type JsonLine, openJsonLine, type ReadText } from './json-line.ts'
import type { JsonAnswer, JsonRequest } from './json-thread.ts'

/** Threads as they are seen from the page. */
class FakeWorker extends EventTarget {
  static readonly all: FakeWorker[] = []
  readonly told: JsonRequest[] = []
  isOver = false

  constructor() {
    super()
    FakeWorker.all.push(this)
  }

  postMessage(request: JsonRequest): void {
    this.told.push(request)
  }

  terminate(): void {
    this.isOver = true
  }

  answer(part: Partial<JsonAnswer>): void {
    const data = { id: this.told.length, isJson: true, count: 0, from: 0, rows: [], ...part }
    this.dispatchEvent(Object.assign(new Event('message'), { data }))
  }

  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }))
  }
}

beforeEach(() => {
  FakeWorker.all.length = 0
  vi.stubGlobal('Worker', FakeWorker)
})
afterEach(() => void vi.unstubAllGlobals())

/** A piece, and nothing more until the signal. */
async function* endless(signal: AbortSignal): AsyncGenerator<string, void> {
  yield '['
  await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}

function world(read: ReadText) {
  const told: string[] = []
  let stopped: AbortSignal | undefined
  const line: JsonLine = openJsonLine(
    (signal) => {
      stopped = signal
      return read(signal)
    },
    {
      span: () => ({ from: 0, to: 9 }),
      onPiece: (chars) => told.push(`read ${chars}`),
      onOpened: ({ count }) => told.push(`opened ${count}`),
      onFailure: ({ message }) => told.push(`failed: ${message}`),
    },
  )
  const [worker] = FakeWorker.all
  return { told, line, worker, isReading: () => stopped?.aborted === false }
}

const untilTold = (told: readonly string[], count: number) => vi.waitFor(() => expect(told).toHaveLength(count))

test('a text is told to the thread, which is then asked to open it', async () => {
  const { told, worker } = world(async function* () {
    yield '{"a":'
    yield '1}'
  })
  await vi.waitFor(() => expect(worker?.told).toHaveLength(3))
  worker?.answer({ count: 2 })
  await untilTold(told, 3)
  expect(told).toEqual(['read 5', 'read 2', 'opened 2'])
  expect(worker?.told.map(({ ask }) => ask.kind)).toEqual(['piece', 'piece', 'open'])
})

test.each<[string, string, string]>([
  ['says why', 'no memory', 'failed: no memory'],
  ['without a reason says so', '', 'failed: The value could not be read.'],
])('a thread that fails %s, and nothing more is read', async (_, reason, text) => {
  const { told, worker, isReading } = world(endless)
  await untilTold(told, 1)
  worker?.fail(reason)
  worker?.fail(reason)
  expect(told).toEqual(['read 1', text])
  expect([isReading(), worker?.isOver]).toEqual([false, true])
})

test('a text that can not be read ends the thread', async () => {
  const { told, worker } = world(async function* () {
    yield '['
    throw new Error('offline')
  })
  await untilTold(told, 2)
  expect([told.at(-1), worker?.isOver]).toEqual(['failed: offline', true])
})

test('an end is no failure', async () => {
  const { told, line, worker, isReading } = world(endless)
  await untilTold(told, 1)
  line.end()
  expect([told, isReading(), worker?.isOver]).toEqual([['read 1'], false, true])
})

test('nothing more is told after the end, also by a reading that does not look at the signal', async () => {
  let goOn = () => {}
  const isTime = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let isOver = false
  const { told, line } = world(async function* () {
    try {
      yield '['
      await isTime
      yield '['
    } finally {
      isOver = true
    }
  })
  await untilTold(told, 1)
  line.end()
  goOn()
  await vi.waitFor(() => expect(isOver).toBe(true))
  expect(told).toEqual(['read 1'])
})
