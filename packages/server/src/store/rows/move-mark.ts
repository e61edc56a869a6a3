import type { Nanos } from '#domain/time.ts'
import { MINUTE_NS } from '#store/day-spans.ts'
import type { ObservationRow } from './observation.ts'
import type { ScoreRow } from './score.ts'
import { tombstone } from './tombstone.ts'
import type { TraceRow } from './trace.ts'

/**
 * A row of no version, deleted, that goes with one whose time moved to `now` within its place in the sort key. The engine
 * passes over parts with no row of the time that is asked for, before it looks which row is the last one: the part with
 * the new row has to have one at the old time too, or whoever asks for that time sees the old row. A merge leaves out
 * all but the last row of a key, so that this one has a key of its own: two for each minute, that there be few of them.
 */
export function moveMark(old: TraceRow | ObservationRow | ScoreRow, now: Nanos): object {
  const time = outerEnd('start_time' in old ? old.start_time : old.timestamp, now)
  return {
    ...tombstone(old, 0),
    ...('start_time' in old ? { start_time: time } : { timestamp: time }),
    ...('trace_id' in old && { trace_id: '' }),
    id: `\0${time}`,
  }
}

/** The end of the old time's minute that lies beyond it, as seen from the new one. */
function outerEnd(old: Nanos, now: Nanos): Nanos {
  const start = old - (old % MINUTE_NS)
  return old > now ? start + MINUTE_NS - 1n : start
}
