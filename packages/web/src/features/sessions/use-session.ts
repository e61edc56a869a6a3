import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import type { TraceListRowDto } from '@xtrace/contract'
import { useMemo, useState } from 'react'
import { groupsQuery, tracesQuery } from '#api/explore.ts'
import { type TurnRecord, turnQuery } from '#api/sessions.ts'
import { conditionsOfGroup } from '#components/trace-groups/group-links.ts'
import { useProject } from '#project/use-project.ts'
import { printListRef } from '#search/list-ref.ts'
import type { Interval } from '#search/time-range.ts'
import { tellsConversation, turnsOf } from './turns.ts'

/** A session is shown whole, whatever the time range of the page is. */
const ALL_TIME: Interval = { fromMs: 0, toMs: Date.UTC(2200, 0) }
const TURNS_A_TIME = 20

/** What a session asks for: its traces, the first one first. */
const exploredOf = (id: string) => ({
  interval: ALL_TIME,
  filter: conditionsOfGroup('session', id),
  order: 'timestamp.asc',
})

/** Where a trace is opened from the session: the list whose neighbours it has. */
export const searchOfTurn = ({ sessionId }: TraceListRowDto): { readonly ref?: string } =>
  sessionId === null ? {} : { ref: printListRef({ list: 'session', ...exploredOf(sessionId) }) }

/** The traces of a session from the first on, and what they come to. */
export function useSession(id: string) {
  const { project } = useProject()
  const { order, ...explored } = exploredOf(id)
  const summed = useInfiniteQuery(groupsQuery(project.id, 'sessions', explored))
  const traces = useInfiniteQuery(tracesQuery(project.id, { ...explored, order }))
  const rows = useMemo(() => traces.data?.pages.flatMap((page) => page.rows) ?? [], [traces.data])
  return { summed, traces, rows }
}

/** Why a trace could not be read, and another try. */
export interface TurnFailure {
  readonly error: Error
  retry(): void
}

/** The conversation of the first traces; more on request. */
export function useTurns(rows: readonly TraceListRowDto[], wanted: string | undefined) {
  const { project } = useProject()
  const place = rows.findIndex((row) => row.id === wanted)
  const [count, setCount] = useState(TURNS_A_TIME)
  const shown = useMemo(() => rows.slice(0, Math.max(count, place + 1)), [rows, count, place])
  const results = useQueries({
    queries: shown.map((row) => turnQuery(project.id, row.id, { isEnough: tellsConversation })),
    combine: (all) => ({
      records: all.map(({ data }) => data),
      failures: all.map(({ error, refetch }) => (error ? { error, retry: () => void refetch() } : undefined)),
    }),
  })
  const { records, failures } = results
  const turns = useMemo(() => turnsOf(shown, byTrace(shown, records)), [shown, records])
  const failed = new Map(shown.flatMap((row, index) => (failures[index] ? [[row.id, failures[index]] as const] : [])))
  return { turns, failures: failed, showMore: () => setCount(shown.length + TURNS_A_TIME) }
}

function byTrace(rows: readonly TraceListRowDto[], records: readonly (TurnRecord | undefined)[]) {
  const found = new Map<string, TurnRecord>()
  rows.forEach((row, index) => {
    const record = records[index]
    if (record) found.set(row.id, record)
  })
  return found
}
