import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'

const Line = z.object({
  status: z.string(),
  files: z.number(),
  bytes: z.number(),
  message: z.string().optional(),
})

/** Follows an answer of one JSON object a line to its end; gives the last one. @throws AppError with what the server said */
export async function answerLines(
  answer: AsyncIterable<Uint8Array>,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const [line] = (await text(answer)).trimEnd().split('\n').slice(-1)
  const last = line ? Line.parse(JSON.parse(line)) : undefined
  if (last?.status === 'done') return last
  throw new AppError('internal', last?.message ?? 'The server ended before the backup did')
}
