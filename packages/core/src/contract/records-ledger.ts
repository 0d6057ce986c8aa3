import { expect, test } from 'vitest'
import type { BlobRecord, UsageRecord } from '../ports/index.ts'
import type { StoreFixture } from './fixture.ts'
import { codeOf } from './rejection.ts'
import { freshId } from './samples.ts'

const blob = (rest: Partial<BlobRecord> = {}): BlobRecord => ({
  id: freshId('file'),
  path: `2026-03/${freshId('img')}.png`,
  name: '图.png',
  mime: 'image/png',
  size: 12,
  width: 640,
  height: 480,
  createdBy: 'user_1',
  createdAt: 5,
  ...rest,
})

const usage = (): UsageRecord => ({
  id: freshId('use'),
  messageId: 'msg_1',
  channelId: 'ch_1',
  agentId: 'agent_1',
  userId: null,
  model: 'p/m',
  inputTokens: 10,
  outputTokens: 20,
  durationMs: 300,
  at: 4,
})

export function testLedger(fixture: () => StoreFixture): void {
  test('REC-11 a setting holds any JSON value and is replaced as a whole', async () => {
    const { writer, settings } = fixture().store
    expect(await settings.get('s')).toBeUndefined()
    for (const value of [{ a: [1, null, '二'] }, [], 'text', 0, false, null]) {
      await writer.commit([{ op: 'setting.put', name: 's', value }])
      expect(await settings.get('s')).toEqual(value)
    }
  })

  test('REC-12 a blob record is found by its path, which is given once', async () => {
    const { writer, blobs } = fixture().store
    const [image, file] = [blob(), blob({ width: null, height: null })]
    await writer.commit([
      { op: 'blob.put', record: image },
      { op: 'blob.put', record: file },
    ])
    expect(await blobs.byPath(image.path)).toEqual(image)
    expect(await blobs.byPath(file.path)).toEqual(file)
    expect(await blobs.byPath('unknown')).toBeUndefined()
    expect(await codeOf(writer.commit([{ op: 'blob.put', record: blob({ path: image.path }) }]))).toBe('write_conflict')
    const renamed = { ...image, name: 'new.png' }
    await writer.commit([{ op: 'blob.put', record: renamed }])
    expect(await blobs.byPath(image.path)).toEqual(renamed)
  })

  test('REC-13 the audit is listed newest first and paged by id', async () => {
    const { writer, audit } = fixture().store
    const records = Array.from({ length: 5 }, (_, index) => ({
      id: freshId('audit'),
      at: index,
      actor: 'user_1',
      action: 'login.failed',
      subject: '',
      details: '{}',
    }))
    for (const record of records) await writer.commit([{ op: 'audit.add', record }])
    const newestFirst = records.toReversed()
    expect(await audit.list(10)).toEqual(newestFirst)
    expect(await audit.list(2)).toEqual(newestFirst.slice(0, 2))
    expect(await audit.list(2, newestFirst[1]?.id)).toEqual(newestFirst.slice(2, 4))
    expect(await audit.list(9, records[0]?.id)).toEqual([])
    expect(await audit.list(9, 'unknown')).toEqual([])
    expect(await audit.list(0)).toEqual([])
  })

  test('REC-14 what is counted is counted once: usage and audit refuse an id they have', async () => {
    const { writer } = fixture().store
    const record = usage()
    const entry = { id: freshId('audit'), at: 1, actor: 'a', action: 'b', subject: 'c', details: '{}' }
    await writer.commit([
      { op: 'usage.add', record },
      { op: 'audit.add', record: entry },
    ])
    expect(await codeOf(writer.commit([{ op: 'usage.add', record }]))).toBe('write_conflict')
    expect(await codeOf(writer.commit([{ op: 'audit.add', record: entry }]))).toBe('write_conflict')
  })
}
