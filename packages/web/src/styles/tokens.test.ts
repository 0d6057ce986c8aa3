import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const themes = ['light', 'dark'] as const
type Theme = (typeof themes)[number]
type Rgb = readonly [number, number, number]

/** Hue and chroma factor of each accent, the default one included. */
const accents = [
  { name: 'indigo', h: 277, c: 1 },
  ...[...css.matchAll(/data-accent="(\w+)"\] \{\s*--accent-h: ([\d.]+);\s*--accent-c: ([\d.]+)/g)].map(
    ([, name = '', h, c]) => ({ name, h: Number(h), c: Number(c) }),
  ),
]

/** The two sides of `--name: light-dark(a, b)`, or one value for both. */
function sides(name: string): readonly [string, string] {
  const value = new RegExp(`--${name}: (.+);`).exec(css)?.[1]
  if (value === undefined) throw new Error(`No token --${name}`)
  const inner = /^light-dark\((.+)\)$/.exec(value)?.[1]
  if (inner === undefined) return [value, value]
  let depth = 0
  const comma = [...inner].findIndex((sign) => {
    if (sign === '(') depth++
    if (sign === ')') depth--
    return sign === ',' && depth === 0
  })
  return [inner.slice(0, comma).trim(), inner.slice(comma + 1).trim()]
}

function color(name: string, theme: Theme, accent = { h: 277, c: 1 }): Rgb {
  const [light, dark] = sides(name)
  const text = (theme === 'light' ? light : dark)
    .replaceAll('var(--accent-h)', String(accent.h))
    .replace(/calc\(([\d.]+) \* var\(--accent-c\)\)/g, (_, factor: string) => String(Number(factor) * accent.c))
  const [l = 0, c = 0, h = 0] = /oklch\(([^)]+)\)/.exec(text)?.[1]?.split(/\s+/).map(Number) ?? []
  return linearRgb(l, c, h)
}

/** OKLCH to linear sRGB, clipped to the gamut as a screen shows it. */
function linearRgb(l: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const [x, y, z] = [
    l + 0.3963377774 * a + 0.2158037573 * b,
    l - 0.1055613458 * a - 0.0638541728 * b,
    l - 0.0894841775 * a - 1.291485548 * b,
  ].map((v) => v ** 3) as [number, number, number]
  const clip = (value: number): number => Math.min(1, Math.max(0, value))
  return [
    clip(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z),
    clip(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z),
    clip(-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z),
  ]
}

function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [a, b].map(([r, g, blue]) => 0.2126 * r + 0.7152 * g + 0.0722 * blue + 0.05).sort((p, q) => q - p) as [
    number,
    number,
  ]
  return x / y
}

describe.each(themes)('the %s theme', (theme) => {
  it.each([
    [
      'gray-12',
      ['gray-1', 'gray-2', 'gray-3', 'gray-4', 'gray-5', 'accent-ground', 'accent-ground-strong', 'highlight'],
    ],
    ['gray-11', ['gray-1', 'gray-2', 'gray-3', 'gray-4', 'accent-ground']],
    ['gray-10', ['gray-1', 'gray-2', 'gray-3', 'gray-4', 'accent-ground']],
    ['gray-9', ['gray-1', 'gray-2']],
    ['success', ['gray-1', 'gray-2', 'success-ground']],
    ['warn', ['gray-1', 'gray-2', 'warn-ground']],
    ['danger', ['gray-1', 'gray-2', 'gray-3', 'danger-ground', 'accent-ground']],
  ])('shows %s as text on %j with 4.5:1 or more', (text, grounds) => {
    for (const ground of grounds)
      expect(contrast(color(text, theme), color(ground, theme)), ground).toBeGreaterThanOrEqual(4.5)
  })

  it('shows controls with 3:1 or more', () => {
    for (const mark of ['gray-8', 'success-mark', 'warn-mark', 'danger'])
      expect(contrast(color(mark, theme), color('gray-1', theme)), mark).toBeGreaterThanOrEqual(3)
  })

  it.each(accents)('is legible with the accent $name', (accent) => {
    for (const ground of ['gray-1', 'gray-2', 'gray-3', 'accent-ground', 'accent-ground-strong']) {
      expect(
        contrast(color('accent-text', theme, accent), color(ground, theme, accent)),
        ground,
      ).toBeGreaterThanOrEqual(4.5)
    }
    for (const solid of ['accent-solid', 'accent-solid-hover'])
      expect(contrast(color('on-accent', theme, accent), color(solid, theme, accent)), solid).toBeGreaterThanOrEqual(
        4.5,
      )
    expect(contrast(color('accent-solid', theme, accent), color('gray-1', theme, accent))).toBeGreaterThanOrEqual(3)
  })

  it('shows white on the danger button', () => {
    for (const solid of ['danger-solid', 'danger-solid-hover'])
      expect(contrast(color('on-accent', theme), color(solid, theme))).toBeGreaterThanOrEqual(4.5)
  })
})
