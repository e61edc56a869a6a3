/** Addresses of the server's answers. */
export type QueryValue = string | number | boolean | null | undefined

/** Undefined, null and empty are left out; a list repeats its name. */
export type QueryValues = Readonly<Record<string, QueryValue | readonly string[]>>

export const SESSION_PATH = '/api/ui/session'

/** `/api/ui/projects/<id>/…`; parts are encoded. */
export const projectPath = (project: string, ...parts: readonly string[]): string =>
  ['/api/ui/projects', ...[project, ...parts].map(encodeURIComponent)].join('/')

/** The public API as the session sees it: `publicPath(project, 'traces', id)`. */
export const publicPath = (project: string, ...parts: readonly string[]): string =>
  projectPath(project, 'public', ...parts)

/** A path with its query, for links and event streams. */
export function withQuery(path: string, query: QueryValues = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value]
    for (const one of values) if (one !== undefined && one !== null && one !== '') params.append(name, String(one))
  }
  return params.size === 0 ? path : `${path}?${params}`
}
