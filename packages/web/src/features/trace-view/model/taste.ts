/** How the viewer likes traces to be shown; kept in this browser. */
import { z } from 'zod'
import { setPreferences } from '#preferences/preferences.ts'
import { usePreferences } from '#preferences/use-preferences.ts'

const NAME = 'trace-view'

const Taste = z.object({
  /** Widths in px. */
  treePx: z.number().min(200).max(1200).catch(400),
  detailPx: z.number().min(300).max(1600).catch(480),
  sums: z.enum(['subtree', 'own']).catch('subtree'),
  /** How payloads are read. */
  reading: z.enum(['chat', 'json', 'text']).catch('chat'),
  hasPath: z.boolean().catch(true),
  /** What a trace opens as. */
  view: z.enum(['tree', 'transcript']).catch('tree'),
})
export type Taste = z.infer<typeof Taste>

export function useTaste(): readonly [Taste, (change: Partial<Taste>) => void] {
  const { other } = usePreferences()
  const kept = other[NAME]
  const taste = Taste.parse(typeof kept === 'object' && kept !== null ? kept : {})
  const setTaste = (change: Partial<Taste>) => setPreferences({ other: { ...other, [NAME]: { ...taste, ...change } } })
  return [taste, setTaste]
}
