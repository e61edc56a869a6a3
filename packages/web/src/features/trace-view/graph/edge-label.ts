import type { GraphEdge } from '#lib/trace/graph.ts'

/** What is written on an edge: how often it was gone; undefined for once. */
export function labelOf({ count, isLoop }: Pick<GraphEdge, 'count' | 'isLoop'>): string | undefined {
  if (count <= 1) return undefined
  return isLoop ? `${count} times back` : `×${count}`
}

const CHAR_PX = 6
const AROUND_PX = 8
const LINE_PX = 16

/** The room that it takes in letters of 11 px. */
export const labelSize = (text: string | undefined): { readonly width: number; readonly height: number } | undefined =>
  text === undefined ? undefined : { width: text.length * CHAR_PX + AROUND_PX, height: LINE_PX }
