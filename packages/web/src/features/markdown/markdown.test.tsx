import fc from 'fast-check'
import i18next from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { initReactI18next } from 'react-i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import words from '../../i18n/locales/en/markdown.ts'
import Markdown from './markdown.tsx'

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'en', defaultNS: 'common', resources: { en: { markdown: words } } })
})

const html = (text: string, props: { streaming?: boolean; mentions?: readonly string[] } = {}) =>
  renderToStaticMarkup(<Markdown text={text} {...props} />)

/** Everything a browser would act on: elements outside the prose set, handlers, and addresses of other schemes. */
function dangers(markup: string): string[] {
  const tags = [...markup.matchAll(/<([a-z][\w-]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>/gi)]
  return tags.flatMap(([tag, name = '', attributes = '']) => {
    const found: string[] = []
    if (
      /^(script|style|iframe|object|embed|form|base|meta|link|svg|math|template|video|audio|textarea)$/i.test(name) &&
      !tag.includes('lucide')
    )
      found.push(tag)
    if (/\s(?:on\w+|srcdoc)=/i.test(attributes.replaceAll(/="[^"]*"/g, '='))) found.push(tag)
    for (const [, address = ''] of attributes.matchAll(
      /\s(?:href|src|action|formaction|xlink:href|background|poster)="([^"]*)"/gi,
    ))
      if (!/^(?:https?:|mailto:|#|\/(?!\/)|data:image\/(?:png|jpeg|gif|webp|avif);base64,)/i.test(address))
        found.push(tag)
    return found
  })
}

const attacks = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<b onmouseover="alert(1)">b</b>',
  '<details ontoggle=alert(1) open><summary onclick="alert(1)">x</summary></details>',
  '<svg onload=alert(1)><animate onbegin=alert(1)></svg>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="javascript:alert(1)">',
  '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
  '<style>@import "javascript:alert(1)"; body{background:url(//evil)}</style>',
  '<link rel=stylesheet href="//evil/x.css">',
  '<base href="https://evil/">',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<template><img src=x onerror=alert(1)></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="jav&#x09;ascript:alert(1)">x</a>',
  '<span style="background:url(javascript:alert(1))">x</span>',
  '<p id="__proto__" name="cookie">x</p>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<?xml-stylesheet href="javascript:alert(1)"?>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](file:///etc/passwd)',
  '[x](blob:https://a/b)',
  '[x](//evil.example/path)',
  '[x](/\\evil.example)',
  '[x]: javascript:alert(1)\n\n[x]',
  '<javascript:alert(1)>',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)',
  '![x](data:text/html,<script>alert(1)</script>)',
  '![x" onerror="alert(1)](/uploads/a.png)',
  '![x](/uploads/a.png"onerror="alert(1))',
  '![x](/uploads/../api/settings)',
  '[x](https://a" onclick="alert(1))',
  '[x](https://a "t" onclick="alert(1)")',
  '```html\n<script>alert(1)</script>\n```',
  '```"><img src=x onerror=alert(1)>\ncode\n```',
  '```mermaid\ngraph TD\n A[<img src=x onerror=alert(1)>]\n click A "javascript:alert(1)"\n click A call alert(1)\n```',
  '`<img src=x onerror=alert(1)>`',
  '$\\href{javascript:alert(1)}{x}$ $$\\htmlData{onload=alert(1)}{x}$$',
  '| <img src=x onerror=alert(1)> |\n|---|\n| <script>alert(1)</script> |',
  '[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: x',
  '@<img src=x onerror=alert(1)>',
  '# <script>alert(1)</script>',
  '- [ ] <input onfocus=alert(1) autofocus>',
] as const

describe('what a message may do', () => {
  test.each(attacks)('%s does nothing', (attack) => {
    expect(dangers(html(attack))).toEqual([])
    expect(dangers(html(`text ${attack}\n\n> ${attack}\n\n- ${attack}`))).toEqual([])
  })

  test('no prefix of an attack does anything while it is written', () => {
    for (const attack of attacks)
      for (let end = 1; end <= attack.length; end++)
        expect(dangers(html(attack.slice(0, end), { streaming: true }))).toEqual([])
  })

  test('spliced attacks do nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...attacks, '<b>', '</b>', '<details>', '\n\n', '`', '```\n', '$$', '"'), {
          maxLength: 5,
        }),
        (parts) => {
          expect(dangers(html(parts.join('')))).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })

  test('the detector itself sees dangers', () => {
    for (const markup of [
      '<script>',
      '<img src="/uploads/a" onerror="x">',
      '<a href="javascript:x">',
      '<a href="//evil">',
      '<iframe srcdoc="x">',
    ])
      expect(dangers(markup)).not.toEqual([])
  })
})

describe('links and images', () => {
  test('links open apart from the app and reveal nothing', () => {
    expect(html('[Parley](https://example.com/a)')).toContain(
      'href="https://example.com/a" target="_blank" rel="noopener noreferrer nofollow"',
    )
    expect(html('<me@example.com>')).toContain('href="mailto:me@example.com"')
  })

  test('uploads and inline pictures are shown, pictures elsewhere are links', () => {
    expect(html('![cat](/uploads/2026-03/cat-1.png)')).toContain('<img src="/uploads/2026-03/cat-1.png" alt="cat"')
    expect(html('![dot](data:image/png;base64,iVBORw0KGgo=)')).toContain(
      '<img src="data:image/png;base64,iVBORw0KGgo="',
    )
    const remote = html('![spy](https://tracker.example/p.gif)')
    expect(remote).not.toContain('<img')
    expect(remote).toContain('tracker.example')
  })

  test('an address in Chinese prose ends where the prose goes on', () => {
    expect(html('见https://example.com/a，然后')).toContain('>https://example.com/a</a>，然后')
  })
})

describe('what a message shows', () => {
  test('emphasis beside Chinese', () => {
    expect(html('他说**“好。”**然后')).toContain('<strong>“好。”</strong>然后')
    expect(html('**重点。**后文*强调*！')).toContain('<strong>重点。</strong>后文<em>强调</em>！')
    expect(html('snake_case_name and 2*3*4')).toContain('snake_case_name and 2<em>3</em>4')
  })

  test('a line break stays one', () => {
    expect(html('first\nsecond **bold\nthird**')).toContain('first<br/>\nsecond <strong>bold<br/>\nthird</strong>')
  })

  test('mentions of known names, longest first, outside code and addresses', () => {
    const markup = html('@Code assistant and @Code, not `@Code`, a@Code.com or https://x.y/@Code', {
      mentions: ['Code', 'Code assistant'],
    })
    expect([...markup.matchAll(/data-mention="">([^<]+)</g)].map((match) => match[1])).toEqual([
      '@Code assistant',
      '@Code',
    ])
    expect(html('请@小说家写一首诗', { mentions: ['小说家'] })).toContain('请<span data-mention="">@小说家</span>写')
  })

  test('headings stand below those of the page', () => {
    expect(html('# One\n\n## Two')).toMatch(/<h3 [^>]*>One<\/h3>.*<h4 [^>]*>Two<\/h4>/)
  })

  test('definitions and footnotes work across blocks', () => {
    expect(html('See [docs][1].\n\nMore.\n\n[1]: https://example.com/docs')).toContain(
      'href="https://example.com/docs"',
    )
    const notes = html('A claim[^a].\n\nMore.\n\n[^a]: The source.')
    const target = /href="#([^"]+)"/.exec(notes)?.[1]
    expect(target).toBeTruthy()
    expect(notes).toContain(`id="${target}"`)
    expect(notes.match(/The source/g)).toHaveLength(1)
  })

  test('prices are prose, formulas are formulas', () => {
    expect(html('It costs $5 to $10, not $x$5.')).not.toContain('md-math')
    for (const formula of ['$x^2$', '\\(x^2\\)', '$$x^2$$', '\\[x^2\\]', '$$\nx^2\n$$', '\\[\nx^2\n\\]'])
      expect(html(formula), formula).toMatch(/md-math[^>]*><code class="md-tex">x\^2</)
    expect(html('`$x$` and \\$5')).not.toContain('md-math')
  })

  test('plain formatting tags work, others are shown as written', () => {
    expect(html('H<sub>2</sub>O<br>next')).toContain('H<sub>2</sub>O<br/>next')
    expect(html('a <custom-tag>b</custom-tag>')).toContain('&lt;custom-tag&gt;b')
    expect(html('<details><summary>More</summary>\n\nhidden **text**\n\n</details>')).toMatch(
      /<details><summary>More<\/summary>\s*<p>hidden <strong>text<\/strong><\/p>/,
    )
  })

  test('code keeps its text and names its language', () => {
    const markup = html('```ts title="a.ts"\nconst a = 1 < 2\n\n// done\n```')
    expect(markup).toContain('TypeScript')
    expect(markup).toContain('const a = 1 &lt; 2\n\n// done')
  })
})

describe('a message being written', () => {
  const document = [
    '# Plan\n\nFirst **bold** and *it* and `code` and ~~gone~~, [a link](https://example.com "t") and ![pic](/uploads/x.png).',
    '| Name | Count |\n|:-----|------:|\n| a | **1** |\n| b | 2 |',
    '1. one\n   - nested\n\n     more\n2. two\n\n> quote\n> > deeper\n\n- [x] done\n- [ ] open',
    '```python\nprint("x")\n```\n\n~~~\nplain\n~~~',
    'Text with $a+b$ and \\(c\\)\n\n$$\n\\int_0^1\n$$\n\n<details><summary>S</summary>\n\ninner\n\n</details>\n\n***\n\nSee[^n] [ref][r]\n\n[^n]: note\n[r]: https://example.com',
    '中文**加粗。**后，@小说家 https://example.com/路径。完',
  ].join('\n\n')

  test('every prefix of a document is drawn', () => {
    for (let end = 0; end <= document.length; end++) {
      const markup = html(document.slice(0, end), { streaming: true })
      expect(markup.startsWith('<div class="md"')).toBe(true)
    }
  })

  test('every prefix of arbitrary text is drawn', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom('**', '`', '```', '\n', '\n\n', '|', '[', '](', '$', '$$', '- ', '> ', '#', '<', '~~', '\\('),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        for (let end = 0; end <= text.length; end += 3) html(text.slice(0, end), { streaming: true })
        expect(html(text)).toContain('class="md"')
      }),
      { numRuns: 150 },
    )
  })

  test.each([
    ['text **bo', '<strong>bo</strong>'],
    ['a `co', '<code class="md-inline-code">co</code>'],
    ['see [label](https://exa', 'see label'],
    ['| Name | Cou', '<th>Name</th><th>Cou</th>'],
    ['```ts\nconst', 'const'],
  ])('%j looks finished', (text, expected) => {
    expect(html(text, { streaming: true }).replaceAll(/>\n+</g, '><')).toContain(expected)
  })

  test.each([
    ['Title\n-', '<h'],
    ['Title\n=', '<h'],
    ['text\n#', '#'],
    ['text\n\n1', '<p>1'],
    ['text\n``', '``'],
    ['![alt](/upl', '<img'],
  ])('%j shows no half-written marker', (text, flash) => {
    expect(html(text, { streaming: true })).not.toContain(flash)
  })
})
