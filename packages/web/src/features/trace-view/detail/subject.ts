/** What the detail is about: the trace, or one observation. */
export interface DetailSubject {
  readonly of: 'traces' | 'observations'
  readonly id: string
}
