import { createGate, say } from '@parley/testkit'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { words } from './app.ts'
import { useBrowser } from './use-browser.ts'

const stage = useBrowser()

/** Presses Tab until `name` has the focus; fails when the focus gets lost or it takes too long. */
async function tabTo(page: Page, name: string, limit = 40): Promise<void> {
  const seen: string[] = []
  for (let i = 0; i < limit; i++) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate(() => {
      const element = document.activeElement
      return `${element?.tagName} ${element?.getAttribute('aria-label') ?? element?.textContent ?? ''}`.slice(0, 80)
    })
    seen.push(focus)
    if (focus.includes(name)) return
  }
  throw new Error(`Tab never reached "${name}":\n${seen.join('\n')}`)
}

describe('WEB without a mouse', () => {
  test('WEB log in, go to a chat, write, edit, stop and leave with the keyboard alone', async () => {
    const { parley } = stage()
    const agent = await parley.cast.agent(parley.cast.name('Keyboardist'))
    const dm = await parley.owner.dm({ agentId: agent.id })
    const { app, page } = await stage().open()
    await page.goto(app.baseUrl)
    const field = page.getByLabel(words.login.keyLabel, { exact: true })
    await field.waitFor()
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.type(parley.ownerKey)
    await page.keyboard.press('Enter')
    await app.chats.waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type(agent.name)
    await page.getByRole('option', { name: agent.name }).first().waitFor()
    await page.keyboard.press('Enter')
    await app.composer.waitFor()
    expect(new URL(page.url()).pathname).toBe(`/chats/${dm.id}`)
    await expect.poll(() => app.composer.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.type('hello from the keys')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('second line')
    await page.keyboard.press('Enter')
    await app.message('Understood.').waitFor()
    expect((await parley.owner.history(dm.id))[0]?.content).toBe('hello from the keys\nsecond line')
    await page.keyboard.press('ArrowUp')
    await page.getByText(words.composer.editing).waitFor()
    expect(await app.composer.inputValue()).toBe('hello from the keys\nsecond line')
    await page.keyboard.press('Escape')
    await page.getByText(words.composer.editing).waitFor({ state: 'detached' })
    expect(await app.composer.inputValue()).toBe('')
    parley.model.reply(say('never ending story', { chunkSize: 6, gate: createGate(), gateAfter: 2 }))
    await page.keyboard.type('a story')
    await page.keyboard.press('Enter')
    await app.stopButton.waitFor()
    await app.message('never').waitFor()
    await page.keyboard.press('Control+.')
    await page.getByText(words.chat.answer.stopped, { exact: true }).waitFor()
    expect(await app.composer.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('WEB the mention list is driven by arrows, Enter and Escape', async () => {
    const { parley } = stage()
    const agents = [
      await parley.cast.agent(parley.cast.name('Mentionable')),
      await parley.cast.agent(parley.cast.name('Mentionable')),
    ]
    const group = await parley.owner.group({ agentIds: agents.map((agent) => agent.id) })
    const { app, page } = await stage().open()
    await app.enter(parley.owner.token)
    await app.openChat(group.id)
    await app.composer.focus()
    await page.keyboard.type('hey @ment')
    const list = page.getByRole('listbox', { name: words.composer.mentions })
    await list.waitFor()
    expect(await list.getByRole('option').count()).toBe(2)
    const active = await app.composer.getAttribute('aria-activedescendant')
    await page.keyboard.press('ArrowDown')
    expect(await app.composer.getAttribute('aria-activedescendant')).not.toBe(active)
    await page.keyboard.press('Enter')
    await list.waitFor({ state: 'detached' })
    expect(await app.composer.inputValue()).toMatch(/^hey @Mentionable\d+ $/)
    await page.keyboard.type('@ment')
    await list.waitFor()
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
    expect(await app.composer.inputValue()).toMatch(/@ment$/)
  })

  test('WEB every control can be reached by Tab, and a dialog gives the focus back', async () => {
    const { parley } = stage()
    const { app, page } = await stage().open()
    await app.enter(parley.owner.token, '/chats')
    await app.chats.waitFor()
    await tabTo(page, words.chat.list.new)
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab')
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe(words.chat.list.new)
  })
})
