import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { KeyBinding } from '#keys/registry.ts'
import { useKeys } from '#keys/use-keys.ts'
import { preferences, setPreferences } from '#preferences/preferences.ts'
import { toggleTheme } from '#preferences/theme.ts'
import { useProject } from '#project/use-project.ts'
import { keysSheetOpen, paletteOpen, timePickerOpen } from './layers.ts'
import { NAV, SETTINGS } from './nav.ts'

/** The keys that work on every page. `/` finds the filter bar of the page by `data-filter-bar`. */
export function useGlobalKeys(): void {
  const { project } = useProject()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const goes: KeyBinding[] = [...NAV, SETTINGS].map(({ to, label, key }) => ({
    keys: `g ${key}`,
    label: `Go to ${label.toLowerCase()}`,
    run: () => navigate({ to, params: { project: project.id } }),
  }))
  useKeys('Everywhere', [
    { keys: 'mod+k', label: 'Search and act', run: () => paletteOpen.set(true) },
    { keys: '/', label: 'Filter', run: focusFilterBar },
    { keys: '.', label: 'Time range', run: () => timePickerOpen.set(true) },
    { keys: 'r', label: 'Refresh', run: () => queryClient.invalidateQueries() },
    { keys: '\\', label: 'Narrow or widen the rail', run: toggleRail },
    { keys: 'shift+d', label: 'Light or dark', run: toggleTheme },
    { keys: '?', label: 'These keys', run: () => keysSheetOpen.set(true) },
    ...goes,
  ])
}

function focusFilterBar(): void {
  const bar = document.querySelector('[data-filter-bar]')
  if (bar instanceof HTMLElement) bar.focus()
}

function toggleRail(): void {
  setPreferences({ isRailCollapsed: !preferences.get().isRailCollapsed })
}
