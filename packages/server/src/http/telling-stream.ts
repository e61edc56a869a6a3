/**
 * The same stream, whose failure is told as well: an answer that has begun can only break off, and whoever reads it
 * learns no more than that. Nothing is asked of it before it is read.
 */
export function tellingStream(body: ReadableStream, tell: (error: unknown) => void): ReadableStream {
  const reader = body.getReader()
  return new ReadableStream(
    {
      async pull(stream) {
        try {
          const { done, value } = await reader.read()
          if (done) stream.close()
          else stream.enqueue(value)
        } catch (error) {
          tell(error)
          throw error
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
