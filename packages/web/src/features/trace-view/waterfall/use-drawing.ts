import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { usePaintedTheme } from '#components/chart/use-token-colours.ts'
import type { Store } from '#store/store.ts'
import { clearedCanvas } from './canvas.ts'
import { type Palette, readPalette } from './palette.ts'

interface Drawing {
  readonly width: number
  readonly height: number
  draw(context: CanvasRenderingContext2D, palette: Palette): void
}

/**
 * Draws on a canvas with every render of its component, and once in the next frame after `zoom` has changed, which
 * renders nothing. What is drawn MUST come from the props of the component and from the zoom.
 */
export function useDrawing(canvas: RefObject<HTMLCanvasElement | null>, zoom: Store<unknown>, drawing: Drawing): void {
  const theme = usePaintedTheme()
  const palette = useRef<{ theme: string; colours: Palette } | undefined>(undefined)
  const latest = useRef(() => {})
  useLayoutEffect(() => {
    latest.current = () => {
      if (!canvas.current || drawing.width <= 0) return
      if (palette.current?.theme !== theme) palette.current = { theme, colours: readPalette() }
      const context = clearedCanvas(canvas.current, drawing)
      if (context) drawing.draw(context, palette.current.colours)
    }
    latest.current()
  })
  useEffect(() => {
    let frame = 0
    const stop = zoom.subscribe(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => latest.current())
    })
    return () => {
      cancelAnimationFrame(frame)
      stop()
    }
  }, [zoom])
}
