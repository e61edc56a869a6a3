/**
 * Runs to the end, each step in a task of its own, so that frames and keys come in between. Nothing is done any more
 * once the returned function is called.
 */
export function runInTasks<T>(steps: Generator<void, T>, onDone: (result: T) => void): () => void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    const { done, value } = steps.next()
    if (!done) return port2.postMessage(undefined)
    port1.close()
    onDone(value)
  }
  port2.postMessage(undefined)
  return () => port1.close()
}
