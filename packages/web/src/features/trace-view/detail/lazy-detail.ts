import { lazy } from 'react'

/** Fetched beside the shape of the trace, and drawn after the tree. */
const load = async () => ({ default: (await import('./detail-panel.tsx')).DetailPanel })
// Who draws it hears of a failure.
load().catch(() => {})
export const DetailPanel = lazy(load)
