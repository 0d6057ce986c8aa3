/** Mermaid source → a picture. */
import mermaid from 'mermaid'
import { palette } from './palette.ts'

export interface Drawing {
  /** `data:` URL of the SVG. */
  readonly url: string
  readonly width: number
  readonly height: number
}

const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

/** What a diagram's own directives may not change. */
const LOCKED = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'maxTextSize',
  'maxEdges',
  'suppressErrorRendering',
  'fontFamily',
  'themeCSS',
  'htmlLabels',
]

let queue: Promise<unknown> = Promise.resolve()
let serial = 0

/** Draws one diagram; rejects with mermaid's explanation when the source is not valid. One after another: mermaid keeps state. */
export function drawDiagram(source: string, scheme: 'light' | 'dark'): Promise<Drawing> {
  const drawing = queue.then(() => draw(withoutTags(source), scheme))
  queue = drawing.catch(() => undefined)
  return drawing
}

/**
 * Mermaid gives labels to the HTML parser while it measures them, where a tag would already act. Its own spelling of `<`
 * is drawn as one; line breaks and `<<stereotypes>>` stay.
 */
function withoutTags(source: string): string {
  return source.replace(/(?<!<)<(?=\/?[a-z!?])(?!br\s*\/?>)/gi, '#lt;')
}

async function draw(source: string, scheme: 'light' | 'dark'): Promise<Drawing> {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    theme: 'base',
    themeVariables: { ...palette[scheme], fontFamily: FONT },
    fontFamily: FONT,
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    maxTextSize: 50_000,
    secure: LOCKED,
  })
  await mermaid.parse(source)
  const id = `diagram-${++serial}`
  const first = await mermaid.render(id, source)
  const css = parsed(first.svg).querySelector('style')?.textContent ?? ''
  using _rules = adopt(css)
  return picture((await mermaid.render(id, source)).svg)
}

/**
 * A strict content security policy refuses the <style> mermaid puts on the page while it measures texts, so the
 * rules of a first drawing are lent to the page for the second, which then has the right sizes.
 */
function adopt(css: string): Disposable {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return {
    [Symbol.dispose]() {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
    },
  }
}

/** Markup in a template is inert: nothing in it loads, runs or is styled. */
function parsed(markup: string): DocumentFragment {
  const template = document.createElement('template')
  template.innerHTML = markup
  return template.content
}

/** Gives the SVG its natural size and turns it into a URL. */
function picture(markup: string): Drawing {
  const root = parsed(markup).querySelector('svg')
  const box = /^\s*\S+[\s,]+\S+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(root?.getAttribute('viewBox') ?? '')
  if (!root || !box) throw new Error('The drawing is empty.')
  const width = Math.max(1, Math.ceil(Number(box[1])))
  const height = Math.max(1, Math.ceil(Number(box[2])))
  root.setAttribute('width', String(width))
  root.setAttribute('height', String(height))
  root.style.removeProperty('max-width')
  const xml = new XMLSerializer().serializeToString(root)
  return { url: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(xml)}`, width, height }
}
