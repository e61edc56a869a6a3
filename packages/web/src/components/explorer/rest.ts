/** How long the viewer must stay: a list that is walked or scrolled through asks for nothing. */
const REST_MS = 100

export interface Rest<T> {
  /** What the viewer is at now; nothing for nowhere. */
  at(places: readonly T[]): void
  /** Waits no longer; what has begun goes on. */
  end(): void
}

/**
 * Begins something with each place that the viewer rests at; the signal says that they have left it. What fails is
 * begun again when they come back, and shown by what needs it.
 */
export function createRest<T extends { readonly id: string }>(
  begin: (place: T, signal: AbortSignal) => Promise<void>,
): Rest<T> {
  const begun = new Map<string, AbortController>()
  let near = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const beginAt = (place: T) => {
    if (begun.has(place.id)) return
    const stay = new AbortController()
    begun.set(place.id, stay)
    begin(place, stay.signal).catch(() => {})
  }
  return {
    at(places) {
      const ids = places.map(({ id }) => id)
      if (JSON.stringify(ids) === near) return
      near = JSON.stringify(ids)
      clearTimeout(timer)
      for (const [id, stay] of begun) {
        if (ids.includes(id)) continue
        begun.delete(id)
        stay.abort()
      }
      if (places.length > 0) timer = setTimeout(() => places.forEach(beginAt), REST_MS)
    },
    end: () => clearTimeout(timer),
  }
}
