/** Reads the tokens and holds them to WCAG 2: text 4.5:1, borders, icons and marks 3:1, on the worst ground of each. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const CSS = readFileSync(join(import.meta.dirname, '..', 'src', 'styles', 'tokens.css'), 'utf8')

type Rgb = readonly [number, number, number]

/** Linear sRGB of an oklch colour, clipped to the gamut (CSS Color 4, §9). */
function linearRgb(l: number, c: number, degrees: number): Rgb {
  const hue = (degrees * Math.PI) / 180
  const [a, b] = [c * Math.cos(hue), c * Math.sin(hue)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number) => Math.min(Math.max(value, 0), 1)
  return [
    clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ]
}

const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

const DECLARATION = /--([\w-]+):\s*oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g

function tokensOf(block: string): ReadonlyMap<string, Rgb> {
  return new Map(
    [...block.matchAll(DECLARATION)].map(([, name = '', l, c, h]) => [
      name,
      linearRgb(Number(l), Number(c), Number(h)),
    ]),
  )
}

const [lightBlock = '', darkBlock = ''] = CSS.split(':root[data-theme="dark"]')
const THEMES = { light: tokensOf(lightBlock), dark: tokensOf(darkBlock) }

const GROUNDS = ['canvas', 'surface', 'sunken', 'hover', 'selected']
const TYPES = [...THEMES.light.keys()].filter((name) => name.startsWith('type-'))
const SERIES = [...THEMES.light.keys()].filter((name) => name.startsWith('chart-'))

/** Which colours stand on which grounds, and how far they must stand off. */
const RULES: readonly (readonly [
  what: string,
  colours: readonly string[],
  grounds: readonly string[],
  least: number,
])[] = [
  ['text', ['text', 'text-2', 'text-3', 'accent', 'error', 'warning', 'ok'], GROUNDS, 4.5],
  ['text of levels', ['error'], ['error-ground'], 4.5],
  ['text of levels', ['warning'], ['warning-ground'], 4.5],
  ['text of levels', ['ok'], ['ok-ground'], 4.5],
  ['text of the filled button', ['on-primary'], ['primary'], 4.5],
  ['text on what was added, removed, found', ['text'], ['added', 'removed', 'mark'], 4.5],
  ['borders of controls', ['control'], GROUNDS, 3],
  ['the focus ring', ['focus'], GROUNDS, 3],
  ['types of observations', TYPES, ['surface', 'hover', 'selected'], 3],
  ['series of charts', SERIES, ['surface', 'sunken'], 3],
]

describe.each(Object.entries(THEMES))('%s theme', (_, tokens) => {
  const colour = (name: string): Rgb => {
    const found = tokens.get(name)
    if (!found) throw new Error(`tokens.css has no --${name}`)
    return found
  }

  test.each(RULES)('%s: %j', (...[, colours, grounds, least]) => {
    const pairs = colours.flatMap((name) =>
      grounds.map((ground) => ({ pair: `${name} on ${ground}`, ratio: contrast(colour(name), colour(ground)) })),
    )
    expect(pairs.length).toBeGreaterThan(0)
    expect(pairs.filter(({ ratio }) => ratio < least)).toEqual([])
  })
})

test('both themes name the same colours', () => {
  expect([...THEMES.dark.keys()].sort()).toEqual([...THEMES.light.keys()].sort())
  expect(TYPES).toHaveLength(10)
  expect(SERIES).toHaveLength(8)
})

test('the arithmetic knows black, white and a colour between', () => {
  expect(contrast(linearRgb(0, 0, 0), linearRgb(1, 0, 0))).toBeCloseTo(21, 1)
  expect(contrast(linearRgb(0.5999, 0, 0), linearRgb(1, 0, 0))).toBeCloseTo(3.95, 1)
})
