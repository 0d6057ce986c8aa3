import 'fake-indexeddb/auto'
import { afterEach, expect, it } from 'vitest'
import { ApiClient } from '../api/client.ts'
import { Outbox } from './outbox.ts'
import { indexedDbOutbox } from './storage.ts'

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/** The other side of POST /api/messages: stores a client id once. */
class Receiver {
  readonly stored: string[] = []
  reachable = true
  dropReplies = false
  readonly fetch = async (_url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    if (!this.reachable) throw new TypeError('Failed to fetch')
    const { clientId, content } = JSON.parse(String(init?.body)) as { clientId: string; content: string }
    if (content === 'forbidden') return json(403, { error: 'No.', code: 'forbidden' })
    if (!this.stored.includes(clientId)) this.stored.push(clientId)
    if (this.dropReplies) throw new TypeError('Failed to fetch')
    return json(200, { ok: true, id: `msg_${this.stored.indexOf(clientId)}`, seq: this.stored.indexOf(clientId) + 1 })
  }
}

const open: Outbox[] = []
let users = 0
afterEach(() => {
  for (const outbox of open.splice(0)) outbox.stop()
})

async function boot(receiver: Receiver, user: string): Promise<Outbox> {
  const outbox = new Outbox({
    api: new ApiClient({ fetch: receiver.fetch as typeof fetch }),
    storage: indexedDbOutbox(user),
    isOnline: () => receiver.reachable,
    isShown: () => true,
  })
  open.push(outbox)
  await outbox.start()
  return outbox
}
const until = async (test: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !test(); tries++) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(test()).toBe(true)
}
const draft = (content: string) => ({ channelId: 'ch_1', content, type: 'text' as const, attachments: [] })
const states = (outbox: Outbox): string[] => outbox.store.getState().items.map((item) => item.state)

it('keeps unsent messages over a reload and sends them in order, once', async () => {
  const user = `user_${users++}`
  const receiver = new Receiver()
  receiver.reachable = false
  const before = await boot(receiver, user)
  const ids = [await before.enqueue(draft('one')), await before.enqueue(draft('two'))]
  expect(states(before)).toEqual(['queued', 'queued'])
  before.stop()

  receiver.reachable = true
  const after = await boot(receiver, user)
  await until(() => receiver.stored.length === 2)
  expect(receiver.stored).toEqual(ids)
  await until(() => states(after).every((state) => state === 'stored'))

  const third = await boot(receiver, user)
  expect(third.store.getState().items).toEqual([])
})

it('repeats a message whose reply was lost without doubling it', async () => {
  const receiver = new Receiver()
  receiver.dropReplies = true
  const outbox = await boot(receiver, `user_${users++}`)
  await outbox.enqueue(draft('one'))
  await until(() => receiver.stored.length === 1 && states(outbox)[0] === 'queued')
  receiver.dropReplies = false
  outbox.reconnected()
  await until(() => states(outbox)[0] === 'stored')
  expect(receiver.stored).toHaveLength(1)
})

it('shows what the server refused and forgets it when the person discards it', async () => {
  const receiver = new Receiver()
  const outbox = await boot(receiver, `user_${users++}`)
  const id = await outbox.enqueue(draft('forbidden'))
  await until(() => states(outbox)[0] === 'failed')
  expect(outbox.store.getState().items[0]?.failure).toEqual({ status: 403, code: 'forbidden' })
  outbox.discard(id)
  expect(outbox.store.getState().items).toEqual([])
})
