/** The web app as a person sees it: roles and accessible names, in the words of the English locale. */
import type { Locator, Page } from 'playwright-core'
import en from '../../packages/web/src/i18n/locales/en/index.ts'

export const words = en

export class App {
  readonly page: Page
  readonly baseUrl: string

  constructor(page: Page, baseUrl: string) {
    this.page = page
    this.baseUrl = baseUrl
  }

  get chats(): Locator {
    return this.page.getByRole('region', { name: words.chat.list.title })
  }

  chat(name: string): Locator {
    return this.chats.getByRole('link', { name })
  }

  get feed(): Locator {
    return this.page.getByRole('feed')
  }

  get messages(): Locator {
    return this.feed.getByRole('article')
  }

  /** The message that holds `text`. */
  message(text: string | RegExp): Locator {
    return this.messages.filter({ hasText: text })
  }

  get composer(): Locator {
    // Its role changes to a combobox while the list of members is open.
    return this.page.getByLabel(words.composer.label, { exact: true })
  }

  get stopButton(): Locator {
    return this.page.getByRole('button', { name: words.composer.stopAll, exact: true })
  }

  async login(key: string): Promise<void> {
    await this.page.goto(this.baseUrl)
    await this.page.getByLabel(words.login.keyLabel, { exact: true }).fill(key)
    await this.page.getByRole('button', { name: words.login.submit, exact: true }).click()
    await this.chats.waitFor()
  }

  /** Goes in with a session made elsewhere: for tests that are not about logging in. */
  async enter(token: string | undefined, path = '/'): Promise<void> {
    await this.page.context().addCookies([{ name: 'session', value: token ?? '', url: this.baseUrl, httpOnly: true }])
    await this.page.goto(this.baseUrl + path)
    await this.page.getByRole('navigation').first().waitFor()
  }

  async openChat(id: string): Promise<void> {
    await this.page.goto(`${this.baseUrl}/chats/${id}`)
    await this.composer.waitFor()
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.composer.press('Enter')
    await this.message(text).first().waitFor()
  }

  /** Points at a message and presses one of its actions; those behind "More" too. */
  async act(message: Locator, action: string): Promise<void> {
    await message.hover()
    const direct = message.getByRole('button', { name: action, exact: true })
    if ((await direct.count()) > 0) {
      await direct.first().click()
      return
    }
    await message.getByRole('button', { name: words.chat.actions.more, exact: true }).click()
    await this.page.getByRole('menuitem', { name: action, exact: true }).click()
  }
}
