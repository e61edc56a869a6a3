/** What was opened last, each project for itself. Pure. */
import { z } from 'zod'

const Recent = z.object({ path: z.string(), title: z.string() })
export type Recent = z.infer<typeof Recent>

/** As kept among the preferences; what cannot be read is nothing. */
export const Recents = z.array(Recent).catch([])

const KEPT = 8
/** One thing of a list: `/p/x/traces/3f9a`, and nothing of the settings. */
const OPENED = /^\/p\/([^/]+)\/(?!settings\/)[^/]+\/[^/]+$/

/** The project of a path that is worth keeping. */
export const projectOfOpened = (path: string): string | undefined => OPENED.exec(path)?.[1]

/** The newest first, each path once. */
export const withRecent = (recents: readonly Recent[], newest: Recent): Recent[] =>
  [newest, ...recents.filter(({ path }) => path !== newest.path)].slice(0, KEPT)
