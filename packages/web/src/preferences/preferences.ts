/**
 * Personal taste, kept in this browser: never in the URL, never on the server. One JSON text under one name;
 * what can't be read counts as not chosen. boot.js reads `theme` before the page is painted.
 */
import { z } from 'zod'
import { createStore } from '#store/store.ts'

const Preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  density: z.enum(['compact', 'cosy']).catch('compact'),
  isRailCollapsed: z.boolean().catch(false),
  /** `local`, `utc` or the name of a zone. */
  zone: z.string().catch('local'),
  /** Whether keys without a modifier do anything. */
  hasSingleKeys: z.boolean().catch(true),
  /** Where "Home" is before a project was named. */
  lastProject: z.string().catch(''),
  /** What features keep for themselves, each under its own name. */
  other: z.record(z.string(), z.unknown()).catch({}),
})
export type Preferences = z.infer<typeof Preferences>

const NAME = 'xtrace.preferences'

export const preferences = createStore<Preferences>(load())

/** Changes some, keeps the rest, for this and the next visit. */
export function setPreferences(change: Partial<Preferences>): void {
  const next = { ...preferences.get(), ...change }
  preferences.set(next)
  try {
    localStorage.setItem(NAME, JSON.stringify(next))
  } catch {
    // Full or forbidden: it holds for this visit.
  }
}

function load(): Preferences {
  try {
    return Preferences.parse(JSON.parse(localStorage.getItem(NAME) ?? '{}'))
  } catch {
    return Preferences.parse({})
  }
}
