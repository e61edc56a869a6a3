/** Dashboards: widgets and presets placed on a grid of 12 columns (public-api contract §20). */
import type { ProjectId } from './ids.ts'

/** A tile: `x` and `y` of its top left cell, from 0, and its size in cells. */
export interface Position {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export type Placement = Position & { readonly id: string } & (
    | { readonly type: 'widget'; readonly widgetId: string }
    | { readonly type: 'preset'; readonly presetId: string }
  )

export interface Dashboard {
  readonly id: string
  readonly projectId: ProjectId
  readonly name: string
  readonly description: string
  /** Their ids are unique. */
  readonly placements: readonly Placement[]
  /** Conditions that hold for all widgets, as they were sent. */
  readonly filters: readonly unknown[]
  /** Milliseconds since the epoch, as is the next. */
  readonly createdAt: number
  readonly updatedAt: number
}

/** A chart that can be placed on any dashboard of its project. */
export interface Widget {
  readonly id: string
  readonly projectId: ProjectId
  readonly name: string
  readonly description: string
  /** What is asked and how it is drawn: JSON, as it was sent. */
  readonly definition: unknown
  readonly createdAt: number
  readonly updatedAt: number
}

const TILE = 6

/** Where a tile goes that asks for no place: below all others, half the width. */
export function appendedPosition(placements: readonly Position[], wanted: Partial<Position>): Position {
  const bottom = Math.max(0, ...placements.map(({ y, height }) => y + height))
  return { x: wanted.x ?? 0, y: wanted.y ?? bottom, width: wanted.width ?? TILE, height: wanted.height ?? TILE }
}
