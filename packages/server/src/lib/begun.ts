/**
 * The same pieces, once the first is there: a failure before it is the caller's. Unlike a generator around them, what
 * is given back ends them when it is let go of before anything was read from it.
 */
export async function begun<T>(pieces: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = pieces[Symbol.asyncIterator]()
  let first: IteratorResult<T> | undefined = await iterator.next()
  const rest: AsyncIterator<T> = {
    next: async () => {
      const result = first ?? (await iterator.next())
      first = undefined
      return result
    },
    return: async () => {
      await iterator.return?.()
      return { done: true, value: undefined }
    },
  }
  return { [Symbol.asyncIterator]: () => rest }
}
