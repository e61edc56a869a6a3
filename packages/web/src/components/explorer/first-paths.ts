/** What the page at an address asks for first, found without anything of the page itself. */
import { rowsPath } from '#api/explore-path.ts'
import { projectPath, SESSION_PATH } from '#api/paths.ts'
import { parseSearchText } from '#search/search-text.ts'
import { intervalOf, parseTimeRange } from '#search/time-range.ts'
import { layoutOf } from './layout-text.ts'
import { DEFAULT_SORT, exploredOf, filterOf } from './list-question.ts'

interface Opened {
  readonly pathname: string
  readonly search: string
  /** The preferences of this browser, as JSON. */
  readonly kept: string | null
  readonly nowMs: number
}

const PAGE = /^\/p\/([^/]+)\/(traces|observations)(?:\/([^/]+))?\/?$/

/** Paths of the server; who is signed in comes first. */
export function firstPaths(opened: Opened): readonly string[] {
  const [, project, view, id] = (PAGE.exec(opened.pathname) ?? []).map(decoded)
  if (project === undefined) return [SESSION_PATH]
  if (id !== undefined)
    return [SESSION_PATH, ...(view === 'traces' ? [projectPath(project, view, id, 'skeleton')] : [])]
  return [SESSION_PATH, ...(view === 'traces' || view === 'observations' ? rows(project, view, opened) : [])]
}

function decoded(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part)
  } catch {
    return undefined
  }
}

function rows(project: string, view: 'traces' | 'observations', { search, kept, nowMs }: Opened): readonly string[] {
  const { t, env, q, sort, cols, filter: old } = parseSearchText(search)
  // A link of before the filter bar is rewritten by the page.
  if (old !== undefined) return []
  const text = one(t)
  const interval = intervalOf(text !== undefined && parseTimeRange(text) ? text : undefined, nowMs)
  const { filter } = filterOf(view, one(q) ?? '')
  const shown = cols === undefined ? keptColumns(view, kept) : layoutOf([cols].flat()).shown
  const { listed } = exploredOf(view, {
    interval,
    env: env === undefined ? [] : [env].flat(),
    filter,
    sort: one(sort) ?? DEFAULT_SORT,
    shown,
  })
  return [rowsPath(project, view, listed)]
}

/** A name that is repeated counts as none. */
const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** As preferences.ts and use-table-layout.ts read them, which need more script than can be waited for here. */
function keptColumns(view: string, kept: string | null): string[] | undefined {
  const shown = within(within(within(parsed(kept), 'other'), `table.${view}`), 'shown')
  return Array.isArray(shown) && shown.every((id) => typeof id === 'string') ? shown : undefined
}

const within = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}')
  } catch {
    return undefined
  }
}
