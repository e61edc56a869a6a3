/** How large the nodes of the graph are drawn. */
export const NODE_PX = {
  step: { width: 176, height: 48 },
  other: { width: 176, height: 48 },
  start: { width: 48, height: 24 },
  end: { width: 48, height: 24 },
} as const
