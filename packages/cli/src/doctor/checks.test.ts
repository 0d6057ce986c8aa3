import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkClock } from './check-clock.ts'
import { checkDisk, judgeDisk } from './check-disk.ts'
import { checkFolder } from './check-folder.ts'
import { checkNode } from './check-node.ts'
import { checkPort } from './check-port.ts'
import { formatFinding } from './finding.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-doctor-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('node', () => {
  it('accepts the releases the dependencies run on', () => {
    for (const version of ['22.19.0', '24.21.0', '26.0.0']) expect(checkNode(version).level).toBe('ok')
  })
  it('refuses older ones and says what to do', () => {
    for (const version of ['20.20.2', '22.18.9']) {
      expect(checkNode(version)).toMatchObject({ level: 'problem', advice: expect.stringContaining('npm start') })
    }
  })
})

describe('clock', () => {
  const built = Date.UTC(2026, 10, 20)
  it('accepts a time after the build and the last write', () => {
    const finding = checkClock({ now: built + 60_000, built, lastWrite: built + 59_000 })
    expect(finding).toEqual({ level: 'ok', subject: 'clock', text: '2026-11-20T00:01:00.000Z.' })
  })
  it('refuses a time before the program was built or the data written', () => {
    expect(checkClock({ now: 0, built, lastWrite: undefined }).text).toContain('before this program was built')
    expect(checkClock({ now: built, built, lastWrite: built + 3_600_000 }).text).toContain('last written')
  })
  it('tolerates five minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000 }), (late) => {
        expect(checkClock({ now: built - late, built, lastWrite: built }).level).toBe('ok')
      }),
    )
  })
})

describe('disk', () => {
  it('warns when a backup no longer fits and refuses an almost full disk', () => {
    expect(judgeDisk('/d', 10e9, 1e9).level).toBe('ok')
    expect(judgeDisk('/d', 1e9, 5e9)).toMatchObject({ level: 'warning', text: '1.0 GB free for /d.' })
    expect(judgeDisk('/d', 50e6, 0)).toMatchObject({ level: 'problem', text: '50 MB free for /d.' })
  })
  it('measures the disk of a folder', async () => {
    expect((await checkDisk(folder, 0)).text).toMatch(/^[\d.]+ [MG]B free for /)
  })
})

describe('data folder', () => {
  it('is fine when it is private and writable', async () => {
    writeFileSync(join(folder, 'parley.db'), 'x'.repeat(100))
    const report = await checkFolder(folder)
    expect(report.findings).toEqual([{ level: 'ok', subject: 'data folder', text: `${folder}, 1 files.` }])
    expect(report).toMatchObject({ existing: folder, bytes: 100 })
  })
  it('may be missing while its parent can be written', async () => {
    const report = await checkFolder(join(folder, 'not', 'yet'))
    expect(report.findings[0]).toMatchObject({ level: 'ok', text: expect.stringContaining('does not exist yet') })
    expect(report.existing).toBe(folder)
  })
  it('is no file', async () => {
    writeFileSync(join(folder, 'data'), '')
    expect((await checkFolder(join(folder, 'data'))).findings[0]).toMatchObject({ level: 'problem' })
  })
  it('warns when strangers can read it', async () => {
    mkdirSync(join(folder, 'open'))
    chmodSync(join(folder, 'open'), 0o755)
    const [finding] = (await checkFolder(join(folder, 'open'))).findings
    expect(finding).toMatchObject({ level: 'warning', advice: expect.stringContaining('chmod 700') })
  })
  it('leaves nothing behind', async () => {
    await checkFolder(folder)
    expect((await checkFolder(folder)).findings[0]?.text).toBe(`${folder}, 0 files.`)
  })
  it('names what cannot be written', async () => {
    // /proc refuses new folders to everybody, root included.
    expect((await checkFolder('/proc/parley')).findings[0]).toMatchObject({
      level: 'problem',
      text: expect.stringContaining('/proc cannot be written'),
    })
  })
})

describe('port', () => {
  async function listen(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  it('is free', async () => {
    const server = createServer()
    const port = await listen(server)
    server.close()
    await once(server, 'close')
    expect(await checkPort('127.0.0.1', port)).toMatchObject({ level: 'ok', text: `127.0.0.1:${port} is free.` })
  })
  it('is taken by a stranger, who is named', async () => {
    const server = createServer((socket) => socket.destroy())
    const port = await listen(server)
    const finding = await checkPort('127.0.0.1', port)
    server.close()
    expect(finding).toMatchObject({ level: 'problem', advice: expect.stringContaining('PARLEY_PORT') })
    if (process.platform === 'linux') expect(finding.text).toContain(`process ${process.pid} (`)
  })
  it('is held by Parley itself', async () => {
    const server = createHttpServer((_request, reply) => reply.end('{"status":"ok","version":"0.1.0"}'))
    const port = await listen(server)
    expect(await checkPort('127.0.0.1', port)).toMatchObject({ level: 'ok', text: expect.stringContaining('Parley') })
    server.close()
  })
  it('belongs to an address this machine has', async () => {
    // 192.0.2.0/24 is reserved for documentation and never assigned.
    expect(await checkPort('192.0.2.1', 18800)).toMatchObject({
      level: 'problem',
      advice: expect.stringContaining('PARLEY_HOST'),
    })
  })
})

it('prints one line per finding, with the advice on it', () => {
  const finding = { level: 'problem', subject: 'disk', text: '5 MB free for /d.', advice: 'free some' } as const
  expect(formatFinding(finding)).toBe('PROBLEM  disk         5 MB free for /d. → free some')
})
