import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { watchRows } from '#api/tail.ts'
import { showToast } from '#components/ui/toast.tsx'
import { DEFAULT_SORT } from './list-question.ts'
import { gapText, MIN_GAP_MS } from './live-gap.ts'
import { type LiveRows, noLiveRows, withNews } from './live-rows.ts'
import type { ExplorerState } from './use-explorer.ts'

interface LiveOptions<Row> {
  readonly answer: z.ZodType<{ readonly rows: readonly Row[] }>
  /** Whether new rows would push away what is being read. */
  isHeld(): boolean
}

/** Why rows cannot come in by themselves; undefined when they can. */
export function liveObstacle({ sort, t }: ExplorerState): string | undefined {
  if (sort !== DEFAULT_SORT) return 'Live needs the newest rows at the top: sort by time'
  return t?.includes('..') ? 'Live needs a time range that ends now' : undefined
}

/**
 * Rows as the server stores them, while the table is live and the tab is seen. What was missed in a hidden tab, or
 * after too long a pause, is read anew.
 */
export function useLiveRows<Row extends { readonly id: string; readonly time: number }>(
  table: ExplorerState,
  { answer, isHeld }: LiveOptions<Row>,
) {
  const { project, view, listed, env, search, version } = table
  const isOn = search.live === '1' && liveObstacle(table) === undefined
  const question = JSON.stringify([project.id, view, listed.filter, listed.columns, env, version, isOn])
  const [live, setLive] = useState<{ readonly question: string; readonly rows: LiveRows<Row>; readonly news: number }>()
  const [gap, setGap] = useState<string>()
  const isVisible = useIsVisible()
  // What a stream missed is past with it.
  if (gap !== undefined && !isOn) setGap(undefined)
  const latest = useRef<{ table: ExplorerState; isHeld: () => boolean; hiddenAtMs: number | undefined }>({
    table,
    isHeld,
    hiddenAtMs: undefined,
  })
  useEffect(() => {
    const { hiddenAtMs } = latest.current
    latest.current = { table, isHeld, hiddenAtMs: hiddenAtMs ?? (isOn && !isVisible ? Date.now() : undefined) }
  })
  useEffect(() => {
    if (!isOn || !isVisible) return undefined
    const { table: asked, hiddenAtMs } = latest.current
    if (hiddenAtMs !== undefined) {
      latest.current.hiddenAtMs = undefined
      const hiddenMs = Date.now() - hiddenAtMs
      if (hiddenMs >= MIN_GAP_MS) setGap(gapText({ why: 'break', missedMs: hiddenMs }))
      asked.refresh()
    }
    const stop = watchRows(asked.project.id, asked.view, {
      filter: asked.listed.filter,
      columns: asked.listed.columns,
      env: asked.env,
      answer,
      onRows: (rows) => {
        const arrival = { isHeld: latest.current.isHeld(), atMs: Date.now() }
        setLive((earlier) => {
          const known = earlier?.question === question ? earlier : { rows: noLiveRows<Row>(), news: 0 }
          return { question, rows: withNews(known.rows, rows, arrival), news: known.news + 1 }
        })
      },
      onReset: (reset) => {
        setGap(gapText(reset))
        latest.current.table.refresh()
      },
      onEnd: () => {
        showToast({ text: 'The server closed the live view; switch it on again to go on.', tone: 'error' })
        void latest.current.table.setState({ live: undefined }, true)
      },
    })
    return stop
  }, [isOn, isVisible, question, answer])
  const { rows, news } = live?.question === question ? live : { rows: noLiveRows<Row>(), news: 0 }
  return {
    isOn,
    rows,
    /** Counts the times that rows came. */
    news,
    /** What was missed and read anew; undefined once it was seen, or without it. */
    gap,
    closeGap: () => setGap(undefined),
    letIn: () => setLive({ question, rows: { ...rows, held: new Set() }, news }),
    toggle: () => {
      // What came since the list was read is not told by the stream.
      if (!isOn) table.refresh()
      void table.setState({ live: isOn ? undefined : '1' }, true)
    },
  }
}

function useIsVisible(): boolean {
  const [isVisible, setVisible] = useState(!document.hidden)
  useEffect(() => {
    const update = () => setVisible(!document.hidden)
    document.addEventListener('visibilitychange', update)
    return () => document.removeEventListener('visibilitychange', update)
  }, [])
  return isVisible
}
