/** What holds on every screen: width, languages, names, contrast. */
import { failures, say } from '@parley/testkit'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import en from '../../packages/web/src/i18n/locales/en/index.ts'
import zh from '../../packages/web/src/i18n/locales/zh-CN/index.ts'
import { useBrowser } from './use-browser.ts'

const stage = useBrowser()

const LONG = [
  `A very long word: ${'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(6)}`,
  `https://example.org/${'a-very-long-path/'.repeat(12)}`,
  `\`\`\`ts\nconst line = '${'x'.repeat(300)}'\n\`\`\``,
  `| ${'column | '.repeat(12)}\n|${'---|'.repeat(13)}\n| ${'a cell with words | '.repeat(12)}`,
  '没有空格的很长的中文文本'.repeat(20),
].join('\n\n')

describe('WEB every screen', () => {
  let screens: [name: string, path: string][]
  beforeAll(async () => {
    const { parley } = stage()
    const agent = await parley.cast.agent('Screenwriter with a rather long name here', { description: 'd'.repeat(200) })
    const group = await parley.owner.group({
      name: 'A group with a rather long name that needs room to breathe',
      agentIds: [agent.id],
    })
    const socket = await parley.owner.listen(group.id)
    for (const reply of [say(LONG), failures.unauthorized()]) {
      parley.model.reply(reply)
      const { id } = await parley.owner.say(group.id, `@${agent.name} ${LONG.slice(0, 500)}`)
      await socket.answersTo(id)
    }
    await socket.close()
    await parley.cast.person('A person with a long name')
    screens = [
      ['chats', '/chats'],
      ['conversation', `/chats/${group.id}`],
      ['people', '/people'],
      ['agents', '/agents'],
      ['agent', `/agents/${agent.id}`],
      ['settings', '/settings'],
      ['settings models', '/settings/models'],
      ['settings appearance', '/settings/appearance'],
    ]
  })

  const visit = async (page: Page, baseUrl: string, path: string): Promise<void> => {
    await page.goto(baseUrl + path)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(300)
  }

  test.each([390, 820, 1440])('WEB at %i px nothing is wider than the screen', async (width) => {
    const { app, page } = await stage().open({ viewport: { width, height: 844 }, hasTouch: width < 820 })
    const overflow = (): Promise<string[]> =>
      page.evaluate(() => {
        const wide = document.documentElement.scrollWidth - innerWidth
        const scrolls = (element: Element | null): boolean =>
          element !== null &&
          (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
        const outside = [...document.body.querySelectorAll('*')].filter((element) => {
          const box = element.getBoundingClientRect()
          return (
            box.width > 0 &&
            box.height > 0 &&
            (box.right > innerWidth + 1 || box.left < -1) &&
            !scrolls(element.parentElement)
          )
        })
        return [
          ...(wide > 0 ? [`page is ${wide} px too wide`] : []),
          ...outside.map((element) => element.outerHTML.slice(0, 120)),
        ]
      })
    await page.goto(app.baseUrl)
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    expect(await overflow(), 'login').toEqual([])
    await app.enter(stage().parley.owner.token)
    for (const [name, path] of screens) {
      await visit(page, app.baseUrl, path)
      expect(await overflow(), name).toEqual([])
    }
  })

  test('WEB in Chinese no English string of the app is left, in English no Chinese one', async () => {
    const english = new Map<string, string>()
    const chinese = new Map<string, string>()
    flatten(en, '', english)
    flatten(zh, '', chinese)
    const leftovers = (of: Map<string, string>, other: Map<string, string>): Set<string> =>
      new Set(
        [...of]
          .filter(([key, text]) => other.get(key) !== text && text.length > 3 && !text.includes('{{'))
          .map(([, text]) => text),
      )
    for (const [locale, forbidden] of [
      ['zh-CN', leftovers(english, chinese)],
      ['en-US', leftovers(chinese, english)],
    ] as const) {
      const { app, page } = await stage().open({ locale })
      await app.enter(stage().parley.owner.token)
      for (const [name, path] of screens) {
        await visit(page, app.baseUrl, path)
        expect(await page.evaluate(() => document.documentElement.lang), name).toMatch(
          locale.startsWith('zh') ? /^zh/ : /^en/,
        )
        const texts = await page.evaluate(() => {
          const found: string[] = []
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
          // What people and agents wrote is content, not interface.
          for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            if (node.parentElement?.closest('article, script, style, code, pre') === null)
              found.push(node.textContent?.trim() ?? '')
          }
          for (const element of document.body.querySelectorAll('[aria-label], [placeholder], [title]')) {
            for (const attribute of ['aria-label', 'placeholder', 'title'])
              found.push(element.getAttribute(attribute) ?? '')
          }
          return found.filter((text) => text !== '')
        })
        expect(
          // The owner of this server is a person called Owner.
          texts.filter((text) => forbidden.has(text) && text !== 'Owner'),
          `${locale} ${name}`,
        ).toEqual([])
        expect(
          texts.filter((text) => /^[a-z]+:[a-zA-Z.]+$/.test(text)),
          `${locale} ${name}: raw keys`,
        ).toEqual([])
      }
    }
  })

  test('WEB switching the language in the app is kept over a reload', async () => {
    const { app, page } = await stage().open()
    await page.goto(app.baseUrl)
    await page.getByRole('button', { name: en.login.language }).click()
    await page.getByRole('menuitemcheckbox', { name: /中文/ }).click()
    await page.getByRole('button', { name: zh.login.submit, exact: true }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: zh.login.submit, exact: true }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toMatch(/^zh/)
  })

  test('WEB every control has a name, every picture a text, every page one first heading', async () => {
    const { app, page } = await stage().open()
    await app.enter(stage().parley.owner.token)
    for (const [name, path] of screens) {
      await visit(page, app.baseUrl, path)
      const problems = await page.evaluate(() => {
        const visible = (element: Element): boolean =>
          element.getClientRects().length > 0 && element.closest('[aria-hidden=true]') === null
        const named = (element: Element): boolean => {
          const labelled = element
            .getAttribute('aria-labelledby')
            ?.split(' ')
            .some((id) => document.getElementById(id)?.textContent?.trim())
          const label =
            'labels' in element
              ? [...((element as HTMLInputElement).labels ?? [])].some((each) => each.textContent?.trim())
              : false
          return Boolean(
            element.getAttribute('aria-label')?.trim() ||
              labelled ||
              label ||
              element.textContent?.trim() ||
              element.getAttribute('title'),
          )
        }
        const controls = [
          ...document.querySelectorAll(
            'button, a[href], input:not([type=hidden]), textarea, select, [role=button], [role=checkbox], [role=switch], [role=combobox]',
          ),
        ]
        const unnamed = controls.filter((element) => visible(element) && !named(element))
        const pictures = [...document.querySelectorAll('img')].filter(
          (image) => visible(image) && !image.hasAttribute('alt'),
        )
        const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
        const doubled = ids.filter((id, i) => ids.indexOf(id) !== i)
        return [...unnamed, ...pictures]
          .map((element) => element.outerHTML.slice(0, 160))
          .concat(doubled.map((id) => `id ${id} twice`))
      })
      expect(problems, name).toEqual([])
      expect(await page.getByRole('main').count(), name).toBe(1)
      expect(await page.getByRole('heading', { level: 1 }).count(), name).toBeGreaterThanOrEqual(1)
    }
  })

  test('WEB the messages are a feed whose articles know their place', async () => {
    const { app, page } = await stage().open()
    await app.enter(stage().parley.owner.token)
    await visit(page, app.baseUrl, screens[1]?.[1] ?? '')
    const places = await app.messages.evaluateAll((articles) =>
      articles.map((article) => [article.getAttribute('aria-posinset'), article.getAttribute('aria-setsize')]),
    )
    expect(places.length).toBeGreaterThan(1)
    for (const [position, size] of places) {
      expect(Number(position)).toBeGreaterThan(0)
      expect(Number(size)).not.toBe(0)
    }
  })

  test.each(['light', 'dark'] as const)(
    'WEB in the %s theme text has a contrast of at least 4.5',
    async (colorScheme) => {
      const { app, page } = await stage().open({ colorScheme })
      await app.enter(stage().parley.owner.token)
      for (const [name, path] of screens) {
        await visit(page, app.baseUrl, path)
        expect(await page.evaluate(faintTexts), `${colorScheme} ${name}`).toEqual([])
      }
    },
  )
})

function flatten(value: object, prefix: string, into: Map<string, string>): void {
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry === 'string') into.set(prefix + key, entry)
    else flatten(entry as object, `${prefix}${key}.`, into)
  }
}

/** Runs in the page: visible texts whose colour is too near to what is behind them. */
function faintTexts(): string[] {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const pen = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D
  const rgba = (color: string): [number, number, number, number] => {
    pen.clearRect(0, 0, 1, 1)
    pen.fillStyle = color
    pen.fillRect(0, 0, 1, 1)
    const [r = 0, g = 0, b = 0, a = 0] = pen.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = (top: number[], bottom: number[]): [number, number, number, number] => {
    const a = top[3] as number
    const mix = (i: number): number => (top[i] as number) * a + (bottom[i] as number) * (1 - a)
    return [mix(0), mix(1), mix(2), 1]
  }
  const luminance = (color: number[]): number => {
    const [r = 0, g = 0, b = 0] = color.slice(0, 3).map((value) => {
      const share = value / 255
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const backdrop = (element: Element): number[] => {
    const layers: number[][] = []
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor)
      if (color[3] > 0) layers.push(color)
      if (color[3] === 1) break
    }
    return layers.reduceRight<number[]>((below, layer) => over(layer, below), [255, 255, 255, 1])
  }
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.textContent?.trim() ?? ''
    // Emoji carry their own colours; disabled controls are exempt from the rule.
    if (element === null || text === '' || !/[\p{L}\p{N}]/u.test(text) || element.getClientRects().length === 0)
      continue
    if (element.closest('[aria-hidden=true], :disabled, [aria-disabled=true], [data-disabled]') !== null) continue
    const style = getComputedStyle(element)
    if (style.visibility === 'hidden' || Number(style.opacity) === 0) continue
    let hidden = false
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      hidden ||= getComputedStyle(at).opacity === '0'
    if (hidden) continue
    const behind = backdrop(element)
    const front = over(rgba(style.color), behind)
    const [a, b] = [luminance(front), luminance(behind)]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    const large =
      Number.parseFloat(style.fontSize) >= 24 ||
      (Number.parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700)
    if (ratio < (large ? 3 : 4.5) - 0.01)
      found.push(`${ratio.toFixed(2)} ${text.slice(0, 40)} (${element.className.toString().slice(0, 60)})`)
  }
  return [...new Set(found)]
}
