/** Text on canvases, as the page has it. */
const CANVAS_FONT = '11px "Geist Variable", system-ui, sans-serif'

/** Makes the canvas as large as said, in sharp pixels, and empty. Undefined when the browser gives no context. */
export function clearedCanvas(
  canvas: HTMLCanvasElement,
  { width, height }: { readonly width: number; readonly height: number },
): CanvasRenderingContext2D | undefined {
  const ratio = Math.min(2, globalThis.devicePixelRatio || 1)
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== wide) canvas.width = wide
  if (canvas.height !== high) canvas.height = high
  const context = canvas.getContext('2d')
  if (!context) return undefined
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  context.font = CANVAS_FONT
  context.textBaseline = 'middle'
  return context
}

/** Crisp lines of one pixel lie between two. */
export const crisp = (px: number): number => Math.round(px) + 0.5
