/** Who is told more often hears of nothing else. */
const PACE_MS = 2000

/** Tells the newest text of a source; an empty one takes back what was told or waits. */
export type Announce = (source: string, text: string) => void

/** Tells at most one text in two seconds, the sources in turn; what is overtaken while it waits is left out. */
export function createAnnouncements(tell: (text: string) => void): Announce {
  const waiting = new Map<string, string>()
  let isPaused = false
  let toldBy: string | undefined
  const next = () => {
    const [first] = waiting
    isPaused = first !== undefined
    if (!first) return
    const [source, text] = first
    waiting.delete(source)
    toldBy = source
    tell(text)
    setTimeout(next, PACE_MS)
  }
  const takeBack = (source: string) => {
    waiting.delete(source)
    if (toldBy !== source) return
    toldBy = undefined
    tell('')
  }
  return (source, text) => {
    if (text === '') return takeBack(source)
    waiting.set(source, text)
    if (!isPaused) next()
  }
}
