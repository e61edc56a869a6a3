import { type TimeFormat, timeFormat } from '#lib/format/time.ts'
import { useStore } from '#store/use-store.ts'
import { type Preferences, preferences } from './preferences.ts'

export const usePreferences = (): Preferences => useStore(preferences)

/** One for all that show times: making it takes longer than a row of a table does. */
let kept: { readonly zone: string; readonly format: TimeFormat } | undefined

/** Formats of times in the zone that the viewer chose. */
export function useTimeFormat(): TimeFormat {
  const { zone } = usePreferences()
  if (kept?.zone !== zone) kept = { zone, format: timeFormat(zone) }
  return kept.format
}
