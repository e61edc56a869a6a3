import { lookOfType } from '#components/observation-type/observation-type.ts'

/** Colours of the canvas, as the theme has them. */
export interface Palette {
  readonly text: string
  readonly text2: string
  readonly text3: string
  readonly line: string
  readonly control: string
  readonly surface: string
  readonly sunken: string
  readonly error: string
  readonly warning: string
  readonly accent: string
  readonly selected: string
  typeColour(type: string): string
}

/** Reads the tokens of the page; to be read anew when the theme changes. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const known = new Map<string, string>()
  return {
    text: token('text'),
    text2: token('text-2'),
    text3: token('text-3'),
    line: token('line'),
    control: token('control'),
    surface: token('surface'),
    sunken: token('sunken'),
    error: token('error'),
    warning: token('warning'),
    accent: token('accent'),
    selected: token('selected'),
    typeColour: (type) => {
      const colour = known.get(type) ?? token(lookOfType(type).token)
      known.set(type, colour)
      return colour
    },
  }
}
