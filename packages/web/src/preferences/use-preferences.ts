import { useMemo } from 'react'
import { type TimeFormat, timeFormat } from '#lib/format/time.ts'
import { useStore } from '#store/use-store.ts'
import { type Preferences, preferences } from './preferences.ts'

export const usePreferences = (): Preferences => useStore(preferences)

/** Formats of times in the zone that the viewer chose. */
export function useTimeFormat(): TimeFormat {
  const { zone } = usePreferences()
  return useMemo(() => timeFormat(zone), [zone])
}
