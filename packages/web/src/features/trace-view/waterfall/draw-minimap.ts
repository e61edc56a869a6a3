import type { TraceModel } from '#features/trace-view/model/trace-model.ts'
import { at } from '#lib/trace/column.ts'
import type { Minimap } from '#lib/trace/minimap.ts'
import { ERROR } from '#lib/trace/skeleton.ts'
import type { Palette } from './palette.ts'

interface MinimapScene {
  readonly model: TraceModel
  readonly map: Minimap
  readonly heightPx: number
  readonly palette: Palette
}

/** The image of the whole trace, a pixel column for a column of the map; errors over all else. */
export function drawMinimap(context: CanvasRenderingContext2D, scene: MinimapScene): void {
  const { map, palette, model } = scene
  const { words } = model.tree.skeleton.types
  for (let cell = 0; cell < map.levels.length; ) {
    const length = runOf(map, cell)
    const look = lookOf(map, cell)
    if (look !== NOTHING)
      fillRun(context, {
        scene,
        cell,
        length,
        colour: look === FAILED ? undefined : palette.typeColour(words[look] ?? ''),
      })
    cell += length
  }
  context.globalAlpha = 1
}

const MOST_ROW_PX = 6

interface Run {
  readonly scene: MinimapScene
  readonly cell: number
  readonly length: number
  /** Undefined for errors. */
  readonly colour: string | undefined
}

function fillRun(context: CanvasRenderingContext2D, { scene, cell, length, colour }: Run): void {
  const { map, heightPx, palette } = scene
  const rowPx = Math.min(MOST_ROW_PX + 2, heightPx / map.rows)
  const [row, column] = [Math.floor(cell / map.columns), cell % map.columns]
  context.fillStyle = colour ?? palette.error
  context.globalAlpha = colour === undefined ? 1 : 0.75
  context.fillRect(column, row * rowPx, length, Math.min(MOST_ROW_PX, Math.max(1, rowPx > 3 ? rowPx - 1 : rowPx)))
}

const NOTHING = -2
const FAILED = -3

/** What a cell looks like: nothing, an error, or a code of a type. */
function lookOf({ levels, types }: Minimap, cell: number): number {
  const level = at(levels, cell)
  if (level === 0) return NOTHING
  return level === ERROR + 1 ? FAILED : at(types, cell)
}

/** Cells of one look from here to the end of the row. */
function runOf(map: Minimap, cell: number): number {
  const end = (Math.floor(cell / map.columns) + 1) * map.columns
  const look = lookOf(map, cell)
  let next = cell + 1
  while (next < end && lookOf(map, next) === look) next++
  return next - cell
}
