import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { suggestionsQuery } from '#api/explore.ts'
import type { Table } from '#lib/filter/fields.ts'
import { lowerQuery } from '#lib/filter/lower.ts'
import { type Caret, suggestionField } from '#lib/filter/suggest.ts'
import type { Interval } from '#search/time-range.ts'
import { type CountedValue, othersOf, wantedField } from './suggestions.ts'

/** Pause in typing after which the server is asked. */
const PAUSE_MS = 120

interface Rows {
  readonly project: string
  readonly table: Table
  readonly interval: Interval
  readonly env: readonly string[]
}

const NONE: readonly CountedValue[] = []

/**
 * Values of the caret's field among the rows that the other terms leave, the most frequent first. A later question
 * aborts an earlier one; without an answer the bar works as well.
 */
export function useCountedValues(caret: Caret | undefined, { project, table, interval, env }: Rows) {
  const field = caret && wantedField(caret)
  const column = field && suggestionField(field, table)
  const typed = useSettled(caret?.typed ?? '')
  const filters = caret ? lowerQuery(othersOf(caret), { table }).filters : []
  const { data } = useQuery({
    ...suggestionsQuery(project, table, {
      interval,
      env,
      field: column ?? '',
      typed,
      ...(filters.length > 0 && { filter: JSON.stringify(filters) }),
    }),
    enabled: column !== undefined,
  })
  return column === undefined ? NONE : (data?.values ?? NONE)
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
