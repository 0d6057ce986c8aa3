import { createGate, say, TcpProxy } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { words } from './app.ts'
import { useBrowser } from './use-browser.ts'

const stage = useBrowser()

describe('D1 a line that breaks', () => {
  test('D1 what is written offline is sent once, in order, when the line is back', async () => {
    const { parley } = stage()
    const group = await parley.owner.group({ name: 'Tunnel' })
    await using proxy = await TcpProxy.start(Number(new URL(parley.baseUrl).port))
    const { app, page, watch } = await stage().open({}, proxy.baseUrl)
    watch.allow(/ERR_CONNECTION|ERR_EMPTY|ERR_SOCKET|WebSocket connection|Failed to load/)
    await app.enter(parley.owner.token)
    await app.openChat(group.id)
    await app.send('before the tunnel')
    await app.message('before the tunnel').getByLabel(words.chat.outbox.sending).waitFor({ state: 'detached' })
    proxy.mode('refuse')
    proxy.cut()
    await page
      .getByText(/Connection lost|Reconnecting|You are offline/)
      .first()
      .waitFor()
    await app.send('first in the tunnel')
    await app.send('second in the tunnel')
    const meanwhile = await parley.owner.say(group.id, 'somebody else meanwhile')
    expect((await parley.owner.history(group.id)).map((message) => message.content)).not.toContain(
      'first in the tunnel',
    )
    proxy.mode('pass')
    await app.message('somebody else meanwhile').waitFor({ timeout: 30_000 })
    await expect
      .poll(async () => (await parley.owner.history(group.id)).map((message) => message.content), { timeout: 20_000 })
      .toEqual(['before the tunnel', 'somebody else meanwhile', 'first in the tunnel', 'second in the tunnel'])
    await expect
      .poll(async () =>
        (await app.messages.allInnerTexts()).map((text) => /before|meanwhile|first in|second in/.exec(text)?.[0]),
      )
      .toEqual(['before', 'meanwhile', 'first in', 'second in'])
    expect(meanwhile.id).toMatch(/^msg_/)
  }, 90_000)

  test('D2 a line that breaks in the middle of an answer loses and repeats nothing of it', async () => {
    const { parley } = stage()
    const agent = await parley.cast.agent(parley.cast.name('Tunneller'))
    const dm = await parley.owner.dm({ agentId: agent.id })
    await using proxy = await TcpProxy.start(Number(new URL(parley.baseUrl).port))
    const { app, watch } = await stage().open({}, proxy.baseUrl)
    watch.allow(/ERR_CONNECTION|ERR_EMPTY|ERR_SOCKET|WebSocket connection|Failed to load/)
    const gate = createGate()
    parley.model.reply(say('Alpha beta gamma delta epsilon zeta.', { chunkSize: 6, gate, gateAfter: 3 }))
    await app.enter(parley.owner.token)
    await app.openChat(dm.id)
    await app.send('go')
    await app.message('Alpha beta').waitFor()
    proxy.mode('refuse')
    proxy.cut()
    gate.open()
    const written = async (): Promise<string> => (await parley.owner.history(dm.id)).at(-1)?.content ?? ''
    await expect.poll(written).toBe('Alpha beta gamma delta epsilon zeta.')
    proxy.mode('pass')
    await app.message('epsilon zeta.').waitFor({ timeout: 30_000 })
    const paragraph = await app.messages.last().getByRole('paragraph').first().innerText()
    expect(paragraph).toBe('Alpha beta gamma delta epsilon zeta.')
    expect(await app.messages.count()).toBe(2)
  }, 90_000)
})

describe('WEB two people', () => {
  test('WS-4#35 unread marks appear for the other person, survive a reload and go when read', async () => {
    const { parley } = stage()
    const other = await parley.cast.person('Mia')
    const group = await parley.owner.group({ name: 'Shared room', userIds: [other.user.id] })
    await parley.owner.group({ name: 'Elsewhere', userIds: [other.user.id] })
    const mia = await stage().open()
    await mia.app.enter(other.client.token)
    await mia.app.chat('Elsewhere').click()
    const owner = await stage().open()
    await owner.app.enter(parley.owner.token)
    await owner.app.openChat(group.id)
    await owner.app.send('one for Mia')
    await owner.app.send(`and @${other.user.name} two`)
    const row = mia.app.chat('Shared room')
    await expect.poll(() => row.innerText()).toMatch(/2/)
    await expect.poll(() => row.getByText(words.chat.list.mentions_other.replace('{{count}}', '2')).count()).toBe(1)
    await mia.page.reload()
    await expect.poll(() => row.innerText()).toMatch(/2/)
    await row.click()
    await mia.app.message('one for Mia').waitFor()
    await expect.poll(() => row.getByText(/unread message/).count()).toBe(0)
    await mia.app.send('got it')
    await owner.app.message('got it').waitFor()
    await expect.poll(async () => (await other.client.channel(group.id)).unread).toBe(0)
  })
})
