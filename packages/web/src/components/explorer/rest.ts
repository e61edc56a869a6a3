/** How long the viewer must stay: a list that is walked or scrolled through asks for nothing. */
const REST_MS = 100

export interface Rest<T> {
  /** Where the viewer is now; undefined for nowhere. */
  at(place: T | undefined): void
  /** Waits no longer; what has begun goes on. */
  end(): void
}

/** Begins something once the viewer rests at a place; the signal says that they have left it. */
export function createRest<T extends { readonly id: string }>(begin: (place: T, signal: AbortSignal) => void): Rest<T> {
  let id: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let stay = new AbortController()
  return {
    at(place) {
      if (place?.id === id) return
      id = place?.id
      clearTimeout(timer)
      stay.abort()
      if (place === undefined) return
      stay = new AbortController()
      const { signal } = stay
      timer = setTimeout(() => begin(place, signal), REST_MS)
    },
    end: () => clearTimeout(timer),
  }
}
