/** How long after its answer a write is counted by a reader, for servers with different read APIs. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Body, type BodyOptions, bodyBuilder, type Format } from '../load/bodies.ts'
import { loadOn, type Target } from '../targets/target.ts'

const FIRST_NUMBER = 3 * 2 ** 30
const VISIBLE_WITHIN_MS = 60_000
const POLL_MS = 5

/** Milliseconds, for so many requests of one trace, one after the other. */
export async function answerToVisible(target: Target, format: Format, count: number): Promise<number[]> {
  const shape: BodyOptions = {
    format,
    payloadBytes: 1024,
    tracesPerRequest: 1,
    observationsPerTrace: 8,
    now: Date.now(),
  }
  const body = bodyBuilder(shape)(0)
  const times: number[] = []
  for (let number = 0; number < count; number++) {
    const before = await target.countObservations()
    await post(target, { shape, body, number: FIRST_NUMBER + number })
    const answered = performance.now()
    await untilMore(target, before)
    times.push(performance.now() - answered)
  }
  return times
}

interface Request {
  readonly shape: BodyOptions
  readonly body: Body
  readonly number: number
}

async function post(target: Target, { shape, body, number }: Request): Promise<void> {
  const { url, headers } = loadOn(target, { ...shape, clients: 1, firstNumber: 0 })
  const answer = await fetch(url, { method: 'POST', headers, body: body.stamp(number) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${target.name}: ${answer.status} ${text}`)
}

async function untilMore(target: Target, than: number): Promise<void> {
  const deadline = performance.now() + VISIBLE_WITHIN_MS
  while ((await target.countObservations()) <= than) {
    if (performance.now() > deadline) throw new Error(`${target.name} never told of what it acknowledged`)
    await pause(POLL_MS)
  }
}
