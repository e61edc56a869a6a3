import type { BulkSelectionDto } from '@xtrace/contract'
import { useState } from 'react'
import type { ExplorerState } from './use-explorer.ts'

interface Selected {
  /** The question under which it was made; another one begins anew. */
  readonly question: string
  /** All that match but `ids`, or just `ids`. */
  readonly isAll: boolean
  readonly ids: ReadonlySet<string>
}

export type Selection = ReturnType<typeof useSelection>

/** Rows by id, or all that match but some; it outlives scrolling and refreshing. `total` is how many match. */
export function useSelection({ wholeFilter, interval, t = '', marks }: ExplorerState, total: number) {
  const question = `${t} ${wholeFilter}`
  const [kept, setKept] = useState<Selected>({ question, isAll: false, ids: new Set() })
  const { isAll, ids } = kept.question === question ? kept : { isAll: false, ids: new Set<string>() }
  const set = (changed: readonly string[], isSelected: boolean) => {
    const next = new Set(ids)
    for (const id of changed)
      if (isSelected === isAll) next.delete(id)
      else next.add(id)
    setKept({ question, isAll, ids: next })
  }
  const selection: BulkSelectionDto = isAll
    ? {
        filter: wholeFilter,
        from: new Date(interval.fromMs).toISOString(),
        to: new Date(interval.toMs).toISOString(),
        except: [...ids],
      }
    : { ids: [...ids] }
  return {
    table: { has: (id: string) => ids.has(id) !== isAll, set },
    count: isAll ? Math.max(0, total - ids.size) : ids.size,
    isAll,
    selection,
    /** All that match can be meant only where the whole filter is in force. */
    canSelectAll: marks.length === 0,
    selectAll: () => marks.length === 0 && setKept({ question, isAll: true, ids: new Set() }),
    clear: () => setKept({ question, isAll: false, ids: new Set() }),
  }
}
