// Runs before anything else of the page. First the theme, before anything is painted: what the viewer chose, else the
// system's; src/preferences/theme.ts keeps it in step and src/preferences/preferences.ts owns the names used here.
;(() => {
  let theme = 'system'
  try {
    theme = JSON.parse(localStorage.getItem('xtrace.preferences') ?? '{}').theme ?? theme
  } catch {
    // No storage, or not ours: the system's theme it is.
  }
  const isDark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
})()

// Zod would compile its parsers with `new Function`, which the page's policy refuses, and reports, even as an attempt.
globalThis.__zod_globalConfig = { jitless: true }
