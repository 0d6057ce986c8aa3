/** A real Chromium (Debian's package, or the one named by PARLEY_CHROMIUM) whose pages fail the test when they complain. */
import { existsSync } from 'node:fs'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { PageWatch } from './page-watch.ts'

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-first-run',
  '--mute-audio',
]

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  readonly watch: PageWatch
}

export class TestBrowser {
  readonly #browser: Browser
  readonly #visits: Visit[] = []

  private constructor(browser: Browser) {
    this.#browser = browser
  }

  /** Starts Chromium. Throws with an instruction when there is none. */
  static async launch(): Promise<TestBrowser> {
    const executablePath = [process.env['PARLEY_CHROMIUM'] ?? '', ...CANDIDATES].find(
      (path) => path !== '' && existsSync(path),
    )
    if (executablePath === undefined)
      throw new Error('No Chromium found: install the package "chromium" or set PARLEY_CHROMIUM.')
    const { chromium } = await import('playwright-core')
    return new TestBrowser(await chromium.launch({ executablePath, args: FLAGS }))
  }

  /** A fresh profile with one page: English, reduced motion, 1440×900 unless told otherwise. */
  async visit(options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.#browser.newContext({
      locale: 'en-US',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
      ...options,
    })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const visit = { context, page, watch: await PageWatch.attach(page) }
    this.#visits.push(visit)
    return visit
  }

  /** Complaints of all pages so far, and forgets them. */
  complaints(): string[] {
    return this.#visits.flatMap(({ watch }) => watch.take())
  }

  /** Closes the profiles, keeps the browser: call between tests. */
  async reset(): Promise<void> {
    for (const { context } of this.#visits.splice(0)) await context.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
  }
}

/** Short for {@link TestBrowser.launch}. */
export const browser = (): Promise<TestBrowser> => TestBrowser.launch()
