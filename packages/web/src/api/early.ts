/** Answers that are asked for while the page's own script is still on its way. */
const asked = new Map<string, Promise<Response>>()

/** What nobody took by then is out of date. */
const KEPT_MS = 10_000

/** Asks now; who calls for the same path soon takes this answer. */
export function askEarly(path: string): void {
  const answer = fetch(path, { headers: { accept: 'application/json' } })
  // Whoever takes it hears of the failure.
  answer.catch(() => undefined)
  asked.set(path, answer)
}

/** The answer that was asked for early, once; undefined for any other. */
export function takeEarly(path: string): Promise<Response> | undefined {
  const answer = performance.now() < KEPT_MS ? asked.get(path) : undefined
  asked.delete(path)
  return answer
}
