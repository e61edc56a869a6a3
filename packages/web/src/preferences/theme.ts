import { preferences, setPreferences } from './preferences.ts'

const systemDark = () => matchMedia('(prefers-color-scheme: dark)')

/** Whether dark colours are in use, by choice or by the system's. */
export function isDark(): boolean {
  const { theme } = preferences.get()
  return theme === 'dark' || (theme === 'system' && systemDark().matches)
}

/** Keeps the page in the chosen theme, and in the system's while that is the choice. boot.js began it. */
export function followTheme(): void {
  const apply = () => {
    document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light'
  }
  preferences.subscribe(apply)
  systemDark().addEventListener('change', apply)
  apply()
}

/** The other theme; back to `system` when that is the system's own. */
export function toggleTheme(): void {
  const wanted = isDark() ? 'light' : 'dark'
  const isSystems = (wanted === 'dark') === systemDark().matches
  setPreferences({ theme: isSystems ? 'system' : wanted })
}
