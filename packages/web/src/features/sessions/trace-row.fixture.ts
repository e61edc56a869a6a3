import type { TraceListRowDto } from '@xtrace/contract'

/** A trace of a session that ended well; instants in ms, latency in seconds. */
export const traceRow = (id: string, time: number, latency: number | null = 1): TraceListRowDto => ({
  id,
  time,
  latency,
  name: id,
  userId: null,
  sessionId: 's',
  environment: 'default',
  release: null,
  version: null,
  tags: [],
  bookmarked: false,
  input: null,
  output: null,
  observations: 1,
  errors: 0,
  warnings: 0,
  cost: null,
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  isOpen: false,
  models: [],
  scores: [],
})
