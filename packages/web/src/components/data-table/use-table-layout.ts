import { useMemo } from 'react'
import { z } from 'zod'
import { preferences, setPreferences } from '#preferences/preferences.ts'
import { usePreferences } from '#preferences/use-preferences.ts'
import type { TableLayout } from './column.ts'

const Kept = z
  .object({
    shown: z.array(z.string()).optional(),
    pinned: z.array(z.string()).optional(),
    widths: z.record(z.string(), z.number()).optional(),
  })
  .catch({})

/** The layout of the table `name`, kept in this browser. */
export function useTableLayout(name: string): [TableLayout, (layout: TableLayout) => void] {
  const key = `table.${name}`
  const { other } = usePreferences()
  const keep = (layout: TableLayout) => setPreferences({ other: { ...preferences.get().other, [key]: layout } })
  const kept = other[key]
  return [useMemo(() => Kept.parse(kept ?? {}), [kept]), keep]
}
