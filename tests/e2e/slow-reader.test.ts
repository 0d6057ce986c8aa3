import { readFile } from 'node:fs/promises'
import { say, spawnParley, startModelServer } from '@parley/testkit'
import { describe, expect, test } from 'vitest'

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024
}

describe('WS-11.2 a client that stops reading', () => {
  /** Megabytes the server grows by while 300 messages of 90 kB go to one good reader and `stalledCount` stalled ones. */
  async function growth(stalledCount: number): Promise<number> {
    await using parley = await spawnParley()
    const owner = await parley.process.owner()
    const group = await owner.group()
    const good = await owner.listen(group.id)
    for (let i = 0; i < stalledCount; i++) (await owner.listen(group.id)).stall()
    const before = await residentMegabytes(parley.process.pid)
    for (let i = 0; i < 300; i++) await owner.say(group.id, `${i} ${'x'.repeat(90_000)}`)
    await good.until(() => good.journal.arrivals(group.id).length >= 300, 'all at the good reader', 20_000)
    return (await residentMegabytes(parley.process.pid)) - before
  }

  test('WS-11.2 costs bounded memory: twenty of them no more than what their buffers may hold', async () => {
    const without = await growth(0)
    const withTwenty = await growth(20)
    // Queueing everything for everybody would be 540 MB more.
    expect(withTwenty - without).toBeLessThan(90)
  }, 90_000)

  test('WS-11.2 slows nobody down, and catches up when it reads again', async () => {
    await using parley = await spawnParley()
    const owner = await parley.process.owner()
    const group = await owner.group()
    const good = await owner.listen(group.id)
    const stalled = []
    for (let i = 0; i < 5; i++) {
      const socket = await owner.listen(group.id)
      socket.stall()
      stalled.push(socket)
    }
    const filler = 'x'.repeat(90_000)
    for (let i = 0; i < 300; i++) await owner.say(group.id, `${i} ${filler}`)
    await good.until(() => good.journal.arrivals(group.id).length >= 300, 'all messages at the good reader', 20_000)
    for (const socket of stalled) {
      socket.resume()
      let cursor = 0
      // Skipped ahead, or simply late: either way nothing may be missing in the end.
      for (let turn = 0; turn < 50; turn++) {
        const since = socket.frames.length
        await socket.until(
          () => {
            const lagged = socket.frames.slice(since).some((frame) => frame.type === 'lagged')
            return lagged || socket.journal.rows(group.id).length >= 300
          },
          'a lagged frame or the end',
          15_000,
        )
        if (socket.journal.rows(group.id).length >= 300) break
        const lagged = socket.frames.findLast((frame) => frame.type === 'lagged')
        cursor = lagged?.type === 'lagged' ? lagged.data.after : cursor
        await socket.subscribe(group.id, { after: cursor })
      }
      expect(socket.journal.rows(group.id).map((message) => message.content.split(' ')[0])).toEqual(
        Array.from({ length: 300 }, (_, i) => `${i}`),
      )
      await socket.close()
    }
    await good.close()
  }, 90_000)

  test('WS-11.2 a stalled reader of a running answer gets the whole answer in the end', async () => {
    await using model = await startModelServer()
    await using parley = await spawnParley({
      env: { OPENAI_BASE_URL: `${model.url}/v1`, PARLEY_DEFAULT_MODEL: 'test-model' },
    })
    const owner = await parley.process.owner()
    const dm = await owner.dm({ agentId: (await owner.agents())[0]?.id ?? '' })
    const good = await owner.listen(dm.id)
    const slow = await owner.listen(dm.id)
    const text = 'streaming to somebody who does not listen '.repeat(3_000).trim()
    model.reply(say(text, { chunkSize: 400 }))
    slow.stall()
    const { id } = await owner.say(dm.id, 'long')
    const [answer] = await good.answersTo(id, 1, 30_000)
    expect(answer?.content).toBe(text)
    slow.resume()
    const late = await slow.finished(answer?.id ?? '', 15_000)
    expect(late.content).toBe(text)
    const streamed = slow.journal.streamed(late.id)
    if (streamed !== undefined && slow.journal.ended(late.id))
      expect(text.startsWith(streamed) || streamed === text).toBe(true)
    await good.close()
    await slow.close()
  }, 60_000)
})
