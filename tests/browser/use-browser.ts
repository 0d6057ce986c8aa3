/** One server and one Chromium for the tests of a file. A page that complained fails the test it was opened in. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BootOptions, bootParley, type Parley, say, TestBrowser, type Visit } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { App } from './app.ts'

/** The built app; PARLEY_TEST_WEB names another build, e.g. one that nobody rebuilds meanwhile. */
const WEB = process.env['PARLEY_TEST_WEB'] ?? fileURLToPath(new URL('../../packages/web/dist', import.meta.url))

export interface Stage {
  readonly parley: Parley
  readonly browser: TestBrowser
  /** A page of the app in a fresh profile. */
  open(options?: Parameters<TestBrowser['visit']>[0], baseUrl?: string): Promise<Visit & { readonly app: App }>
}

export function useBrowser(options: BootOptions = {}): () => Stage {
  let parley: Parley | undefined
  let browser: TestBrowser | undefined
  beforeAll(async () => {
    if (!existsSync(join(WEB, 'index.html'))) throw new Error('The web app is not built: run "npm run build" first.')
    const overrides = { ...options.overrides, webFolder: WEB }
    parley = await bootParley({ model: { fallback: () => say('Understood.') }, ...options, overrides })
    browser = await TestBrowser.launch()
  })
  afterEach(async () => {
    if (options.model !== false) parley?.model.clear()
    const complaints = browser?.complaints() ?? []
    await browser?.reset()
    expect(complaints, 'what the pages complained about').toEqual([])
  })
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]()
    await parley?.[Symbol.asyncDispose]()
  })
  return () => {
    if (parley === undefined || browser === undefined) throw new Error('The server or the browser did not start')
    const stage = { parley, browser }
    return {
      ...stage,
      async open(visitOptions, baseUrl = stage.parley.baseUrl) {
        const visit = await stage.browser.visit(visitOptions)
        // Asking who is logged in is how the app finds out that nobody is.
        visit.watch.allow(/401 \(Unauthorized\).*\/api\/me/)
        return { ...visit, app: new App(visit.page, baseUrl) }
      },
    }
  }
}
