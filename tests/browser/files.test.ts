import { png } from '@parley/testkit'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { useBrowser } from './use-browser.ts'

const stage = useBrowser()

/** Hands a file to the focused element or the drop zone the way a browser does. */
async function give(page: Page, how: 'paste' | 'drop', name: string, bytes: Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, data]) => {
      const box = new DataTransfer()
      box.items.add(new File([new Uint8Array(data as number[])], fileName as string, { type: 'image/png' }))
      return box
    },
    [name, [...bytes]] as const,
  )
  const target = page.getByRole('textbox', { name: 'Message', exact: true })
  if (how === 'paste') {
    await target.evaluate((element, box) => {
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: box, bubbles: true, cancelable: true }))
    }, transfer)
    return
  }
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: transfer })
}

describe('WEB pictures', () => {
  test.each(['paste', 'drop'] as const)('WEB a picture given by %s is uploaded, sent and shown', async (how) => {
    const { parley } = stage()
    const group = await parley.owner.group({ name: `Pictures by ${how}` })
    const { app, page } = await stage().open()
    await app.enter(parley.owner.token)
    await app.openChat(group.id)
    await app.composer.focus()
    await give(page, how, 'red.png', png(40, 30))
    const send = page.getByRole('button', { name: 'Send', exact: true })
    await expect.poll(() => send.isEnabled()).toBe(true)
    await app.composer.fill('look at this')
    await app.composer.press('Enter')
    const picture = app.message('look at this').getByRole('img').first()
    await picture.waitFor()
    await expect
      .poll(() => picture.evaluate((element) => (element as HTMLImageElement).naturalWidth), { timeout: 8_000 })
      .toBe(40)
    // Shown at once from the outbox; stored a moment later.
    await expect.poll(async () => (await parley.owner.history(group.id)).length).toBe(1)
    const [message] = await parley.owner.history(group.id)
    expect(message).toMatchObject({
      content: 'look at this',
      metadata: {
        attachments: [{ mime: 'image/png', width: 40, height: 30, url: expect.stringMatching(/^\/uploads\//) }],
      },
    })
  })
})
