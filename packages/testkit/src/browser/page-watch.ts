/** Collects what a page complains about: console errors, uncaught exceptions, CSP violations, failed own requests. */
import type { Page } from 'playwright-core'

const REPORT_CSP_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) => {
  globalThis.__reportCsp(event.violatedDirective + ' blocked ' + event.blockedURI + ' (' + event.sourceFile + ':' + event.lineNumber + ')')
})`

export class PageWatch {
  readonly #complaints: string[] = []
  readonly #allowed: RegExp[] = []

  static async attach(page: Page): Promise<PageWatch> {
    const watch = new PageWatch()
    page.on('console', (message) => {
      if (message.type() === 'error') watch.#complain(`console: ${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => watch.#complain(`uncaught: ${error.stack ?? error.message}`))
    page.on('dialog', (dialog) => {
      // Our pages never call alert(): a dialog means injected script ran.
      if (dialog.type() === 'alert') watch.#complain(`alert: ${dialog.message()}`)
      void dialog.accept().catch(() => {})
    })
    page.on('response', (response) => {
      if (response.status() >= 500) watch.#complain(`${response.status()} from ${response.url()}`)
    })
    await page.exposeBinding('__reportCsp', (_, text: string) => watch.#complain(`csp: ${text}`))
    // As text: this file is not compiled against the DOM.
    await page.addInitScript({ content: REPORT_CSP_VIOLATIONS })
    return watch
  }

  /** Complaints matching `pattern` are expected in this test, e.g. a 401 after a wrong key. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern)
  }

  /** Complaints so far; forgets them. */
  take(): string[] {
    return this.#complaints.splice(0)
  }

  #complain(text: string): void {
    if (!this.#allowed.some((pattern) => pattern.test(text))) this.#complaints.push(text)
  }
}
