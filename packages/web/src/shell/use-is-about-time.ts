import { useMatches } from '@tanstack/react-router'

/** Pages to which it is all the same when something was recorded. */
const TIMELESS = /^\/p\/[^/]+\/(?:settings|welcome|compare|traces\/|sessions\/)/

/** Whether the time range and the environments of the address matter to the page. */
export const useIsAboutTime = (): boolean =>
  useMatches({ select: (matches) => !TIMELESS.test(matches.at(-1)?.pathname ?? '') })
