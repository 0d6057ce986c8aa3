import { postMessage } from '@parley/protocol/workspace'
import { type CastPerson, TcpProxy, until, WorkspaceClient, WorkspaceFollower } from '@parley/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('LOG-1 many at once', () => {
  test('LOG-1 two hundred people post at once: all acknowledged once, in one gap-free order, seen by everybody once', async () => {
    const people: CastPerson[] = []
    for (let i = 0; i < 20; i++) people.push(await parley().cast.person('Poster'))
    const group = await parley().owner.group({ userIds: people.map(({ user }) => user.id) })
    const sockets = []
    for (const { client } of people) sockets.push(await client.listen(group.id))
    const start = (await parley().owner.channel(group.id)).lastSeq
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, i) => {
        const { client } = people[i % people.length] as CastPerson
        return client.call(postMessage, { body: { channelId: group.id, content: `post ${i}` } })
      }),
    )
    expect(new Set(replies.map((reply) => reply.id)).size).toBe(200)
    expect(replies.map((reply) => reply.seq).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 200 }, (_, i) => start + 1 + i),
    )
    const history = await parley().owner.history(group.id)
    expect(history.map((message) => message.seq)).toEqual(Array.from({ length: 200 }, (_, i) => start + 1 + i))
    for (const socket of sockets) {
      await socket.until(() => socket.journal.arrivals(group.id).length >= 200, 'all 200', 15_000)
      expect(socket.journal.arrivals(group.id)).toEqual(history)
      await socket.close()
    }
  })

  test('LOG-1 channels do not disturb each other’s order', async () => {
    const groups = await Promise.all(Array.from({ length: 8 }, () => parley().owner.group()))
    await Promise.all(
      groups.flatMap((group) => Array.from({ length: 25 }, (_, i) => parley().owner.say(group.id, `${i}`))),
    )
    for (const group of groups) {
      const history = await parley().owner.history(group.id)
      expect(history.map((message) => message.seq)).toEqual(history.map((_, i) => (history[0]?.seq ?? 0) + i))
      expect(history).toHaveLength(25)
    }
  })
})

/** The owner, as seen through a proxy. */
function behind(proxy: TcpProxy): WorkspaceClient {
  const client = new WorkspaceClient(proxy.baseUrl)
  client.cookies.set('session', parley().owner.token ?? '')
  return client
}

type Step =
  | { readonly kind: 'say'; readonly who: number }
  | { readonly kind: 'drop' | 'cut' | 'stall' | 'pass'; readonly who: number }
  | { readonly kind: 'edit'; readonly who: number }

describe('D1 any weather', () => {
  test.each(Array.from({length:60},(_, i)=>i))('LOG-8 %d', async () => {
    await using proxy = await TcpProxy.start(Number(new URL(parley().baseUrl).port))
    const group = await parley().owner.group()
    await using follower = new WorkspaceFollower({ client: behind(proxy), channelId: group.id })
    await follower.send('before')
    proxy.mode('refuse')
    proxy.cut()
    const socket = await parley().owner.listen()
    const COUNT = 3_000
    for (let i = 0; i < COUNT; i++) {
      socket.send({ type: 'send', channelId: group.id, content: `${i}`, messageType: 'text', ref: `${i}` })
    }
    await socket.next('sent', (frame) => frame.ref === `${COUNT - 1}`, { timeout: 20_000 })
    proxy.mode('pass')
    await follower.send('after')
    await until(() => follower.rows.length === COUNT + 2, 'all messages', 20_000)
    expect(follower.rows).toEqual(await parley().owner.history(group.id))
    expect(follower.journal.frames.some((frame) => frame.type === 'lagged')).toBe(true)
    const live = await follower.send('still live')
    await until(() => follower.rows.at(-1)?.id === live.id, 'a live message')
    await socket.close()
  }, 60_000)

  test('D1 whatever is cut, stalled or dropped: each client ends with exactly the server’s log and nothing is sent twice', async () => {
    const step: fc.Arbitrary<Step> = fc.record({
      kind: fc.constantFrom('say', 'say', 'say', 'drop', 'cut', 'stall', 'pass', 'edit') as fc.Arbitrary<Step['kind']>,
      who: fc.nat(2),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        await using proxy = await TcpProxy.start(Number(new URL(parley().baseUrl).port))
        const group = await parley().owner.group()
        const options = { client: behind(proxy), channelId: group.id }
        await using a = new WorkspaceFollower(options)
        await using b = new WorkspaceFollower(options)
        await using c = new WorkspaceFollower(options)
        const clients = [a, b, c]
        const sends: Promise<{ id: string }>[] = []
        const texts: string[] = []
        for (const { kind, who } of steps) {
          const client = clients[who] as WorkspaceFollower
          if (kind === 'say') {
            texts.push(`${texts.length}`)
            sends.push(client.send(texts.at(-1) as string))
          } else if (kind === 'drop') client.drop()
          else if (kind === 'cut') proxy.cut()
          else if (kind === 'edit') {
            const [last] = (await parley().owner.page(group.id, { limit: 1 })).messages
            if (last !== undefined) {
              await parley().owner.request('PUT', `/api/messages/${last.id}`, { body: { content: `${last.content}!` } })
            }
          } else proxy.mode(kind)
          await new Promise((resolve) => setTimeout(resolve, who * 4))
        }
        proxy.mode('pass')
        proxy.cut()
        const ids = (await Promise.all(sends)).map((sent) => sent.id)
        const history = await parley().owner.history(group.id)
        expect(history.map((message) => message.id).toSorted()).toEqual([...new Set(ids)].toSorted())
        expect(history.map((message) => message.content.replaceAll('!', '')).toSorted()).toEqual(texts.toSorted())
        for (const client of clients) {
          await until(() => JSON.stringify(client.rows) === JSON.stringify(history), 'the server’s log', 10_000).catch(
            () => {
              expect(client.rows).toEqual(history)
            },
          )
        }
      }),
      { numRuns: 25, endOnFailure: true },
    )
  }, 120_000)
})
