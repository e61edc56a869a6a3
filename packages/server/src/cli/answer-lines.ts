import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'

const Line = z.object({
  status: z.string(),
  files: z.number(),
  bytes: z.number(),
  message: z.string().optional(),
})

/** Follows an answer of one JSON object a line to its end; gives the last one. @throws AppError with what the server said */
export async function answerLines(answer: Response): Promise<{ readonly files: number; readonly bytes: number }> {
  if (!answer.ok || !answer.body)
    throw new AppError('internal', `The server refused: ${messageOf(await answer.text())}`)
  let last: z.output<typeof Line> | undefined
  for await (const text of createInterface({ input: Readable.from(answer.body) })) last = Line.parse(JSON.parse(text))
  if (last?.status === 'done') return last
  throw new AppError('internal', last?.message ?? 'The server ended before the backup did')
}

/** The sentence of an error body, or the body. */
export function messageOf(body: string): string {
  try {
    return z.object({ message: z.string() }).parse(JSON.parse(body)).message
  } catch {
    return body
  }
}
