/** Asks for what the page shows first while the page's own script is still on its way. */
import { askEarly } from '#api/early.ts'
import { firstPaths } from '#components/explorer/first-paths.ts'
import { latestOfPage } from '#search/latest.ts'

function keptPreferences(): string | null {
  try {
    return localStorage.getItem('xtrace.preferences')
  } catch {
    return null
  }
}

const { pathname, search } = location
for (const path of firstPaths({ pathname, search, kept: keptPreferences(), nowMs: latestOfPage() })) askEarly(path)
