/**
 * Asks the server that holds a data folder. Not with `fetch`, which gives up when five minutes pass without a byte: a
 * backup, an export or a replay may take longer before it has something to say.
 */
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import type { Credentials } from '#config/credentials.ts'
import { AppError } from '#domain/errors.ts'

interface Asked {
  readonly url: string
  readonly credentials: Pick<Credentials, 'token'>
}

interface Question {
  readonly method: 'GET' | 'POST'
  /** With its query. */
  readonly path: string
  /** Sent as JSON. */
  readonly body?: object
}

/**
 * Hands the bytes of the answer on as they come in, no faster than they are taken; the connection is let go of when
 * `use` has ended, whatever it left.
 * @throws AppError with what the server said when it refuses; `unavailable` when it can't be reached or breaks off
 */
export async function askServer<T>(
  server: Asked,
  question: Question,
  use: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const answer = await send(server, question)
  try {
    if (!isGood(answer)) throw new AppError('internal', `The server refused: ${messageOf(await text(answer))}`)
    return await use(answer)
  } catch (cause) {
    if (!answer.errored) throw cause
    const reason = reasonOf(answer.errored)
    throw new AppError('unavailable', `The server broke off before it had told all: ${reason}`, { cause })
  } finally {
    answer.destroy()
  }
}

function send({ url, credentials }: Asked, { method, path, body }: Question): Promise<IncomingMessage> {
  const headers = {
    authorization: `Bearer ${credentials.token.reveal()}`,
    ...(body && { 'content-type': 'application/json' }),
  }
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, headers, agent: false })
    sent.on('response', resolve)
    sent.on('error', (cause) => {
      reject(new AppError('unavailable', `The server at ${url} does not answer: ${reasonOf(cause)}`, { cause }))
    })
    sent.end(body && JSON.stringify(body))
  })
}

const isGood = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 200 && statusCode < 300

/** A host of several addresses that all refuse gives an error without a sentence. */
function reasonOf(error: Error): string {
  if (error.message !== '') return error.message
  return 'code' in error ? String(error.code) : error.name
}

/** The sentence of an error body, or the body. */
function messageOf(body: string): string {
  try {
    return z.object({ message: z.string() }).parse(JSON.parse(body)).message
  } catch {
    return body
  }
}
