/** What one side of a comparison is. */
export interface ComparedPlace {
  readonly trace: string
  readonly observation: string | undefined
  /** As it was written: `trace` or `trace/observation`. */
  readonly text: string
}

/** `trace` or `trace/observation`; undefined for nothing. */
export function parsePlace(text: string | undefined): ComparedPlace | undefined {
  const [trace, observation] = (text ?? '').split('/')
  return trace ? { trace, observation: observation || undefined, text: text ?? '' } : undefined
}
