/** The `parley` command as an administrator uses it: real processes, a real server, a real data folder. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { sleep } from '@parley/base'
import type { Message } from '@parley/protocol/workspace'
import {
  freePort,
  OWNER_KEY,
  ParleyProcess,
  spawnParley,
  TempFolder,
  until,
  type WorkspaceClient,
} from '@parley/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const ENTRY = resolve(import.meta.dirname, '../../packages/cli/src/main.ts')

interface Run {
  readonly code: number
  readonly out: string
  readonly notes: string
}

let stack: AsyncDisposableStack
let folder: string
beforeEach(async () => {
  stack = new AsyncDisposableStack()
  folder = stack.use(await TempFolder.create()).path
})
afterEach(() => stack.disposeAsync())

/** Runs `parley …` in the temporary folder, on the given data folder and a free port. */
async function parley(dataDirectory: string, args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const environment = {
    PATH: process.env['PATH'],
    PARLEY_DATA: dataDirectory,
    PARLEY_PORT: String(await freePort()),
    ...env,
  }
  return new Promise((done) => {
    execFile(process.execPath, [ENTRY, ...args], { cwd: folder, env: environment }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), out: stdout, notes: stderr })
    })
  })
}

/** Starts a server that lives as long as the test. */
async function server(
  dataDirectory?: string,
): Promise<{ process: ParleyProcess; data: string; owner: WorkspaceClient }> {
  const data = dataDirectory ?? join(folder, 'data')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const spawned = stack.use(await spawnParley({ dataDirectory: data, ownerKey: OWNER_KEY }))
  return { process: spawned.process, data, owner: await spawned.process.owner() }
}

/** Says things in a channel until told to stop; resolves to what was acknowledged, in order. */
function chatter(client: WorkspaceClient, channelId: string): { acknowledged: string[]; stop(): Promise<void> } {
  const acknowledged: string[] = []
  let going = true
  const speaking = Promise.all(
    [1, 2, 3, 4].map(async (speaker) => {
      for (let i = 0; going; i++) {
        acknowledged.push((await client.say(channelId, `${speaker}: ${i}`)).id)
        await sleep(2)
      }
    }),
  )
  return {
    acknowledged,
    async stop() {
      going = false
      await speaking
    },
  }
}

const shape = ({ id, seq, content, userId, createdAt }: Message): unknown => ({ id, seq, content, userId, createdAt })

describe('backup and restore', () => {
  test('a backup under load holds one moment: everything acknowledged before it, nothing twice, no gap', async () => {
    const { owner, data } = await server()
    const room = await owner.group({ name: 'Busy' })
    const picture = await owner.upload('note.txt', new TextEncoder().encode('kept'), 'text/plain')
    const load = chatter(owner, room.id)
    await until(() => load.acknowledged.length >= 200, '200 messages')

    const before = [...load.acknowledged]
    const backup = join(folder, 'copy')
    const made = await parley(data, ['backup', '--to', backup])
    expect(made.notes).toBe('')
    expect(made.out).toMatch(/^Backed up .* \d+ files, \d+ bytes\.\n$/)
    const countAfter = load.acknowledged.length
    await load.stop()
    expect(countAfter).toBeGreaterThan(before.length)

    const elsewhere = join(folder, 'elsewhere')
    const restored = await parley(elsewhere, ['restore', 'copy'])
    expect(restored).toMatchObject({ code: 0, notes: '' })
    const original = await owner.history(room.id)
    const second = await server(elsewhere)
    const copied = await second.owner.history(room.id)
    // A prefix of the original, at least as long as what was acknowledged when the backup began.
    expect(copied.map(shape)).toEqual(original.slice(0, copied.length).map(shape))
    const ids = new Set(copied.map(({ id }) => id))
    expect(before.filter((id) => !ids.has(id))).toEqual([])
    expect((await second.owner.request('GET', picture.url)).text).toBe('kept')
    expect((await second.owner.agents()).map(({ id }) => id)).toEqual((await owner.agents()).map(({ id }) => id))
    // It is not a museum piece: the log goes on where the copy ends.
    const { seq } = await second.owner.say(room.id, 'after the restore')
    expect(seq).toBe((copied.at(-1)?.seq ?? 0) + 1)
  })

  test('without --to a backup goes into the data folder and is not part of the next one', async () => {
    const { data } = await server()
    expect((await parley(data, ['backup'])).code).toBe(0)
    expect((await parley(data, ['backup'])).code).toBe(0)
    const backups = readdirSync(join(data, 'backups'))
    expect(backups).toHaveLength(2)
    for (const name of backups) {
      expect(readdirSync(join(data, 'backups', name))).toContain('manifest.json')
      expect(readdirSync(join(data, 'backups', name))).not.toContain('backups')
    }
  })

  test('a restore never replaces data unasked, and keeps aside what it replaces', async () => {
    const first = await server()
    const room = await first.owner.group({ name: 'Kept' })
    await first.owner.say(room.id, 'in the backup')
    await parley(first.data, ['backup', '--to', 'copy'])
    await first.owner.say(room.id, 'only in the present')

    const running = await parley(first.data, ['restore', 'copy', '--force'])
    expect(running).toMatchObject({ code: 1, out: '' })
    expect(running.notes).toMatch(/in use|running|taken|another/i)
    await first.process.stop()

    const refused = await parley(first.data, ['restore', 'copy'])
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.notes).toContain('is not empty')
    const forced = await parley(first.data, ['restore', 'copy', '--force'])
    expect(forced).toMatchObject({ code: 0, notes: '' })
    const aside = /What was there before is in (.*)\.\n$/.exec(forced.out)?.[1] ?? ''
    expect(readdirSync(aside)).toContain('parley.db')

    const again = await server(first.data)
    expect((await again.owner.history(room.id)).map(({ content }) => content)).toEqual(['in the backup'])
  })

  test('a broken backup is refused and changes nothing', async () => {
    const { data, process: running } = await server()
    await parley(data, ['backup', '--to', 'copy'])
    await running.stop()
    truncateSync(join(folder, 'copy', 'parley.db'), 4096)
    const target = join(folder, 'fresh')
    const refused = await parley(target, ['restore', 'copy'])
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.notes).toContain('is not a complete backup: parley.db has another size.')
    expect(existsSync(join(target, 'parley.db'))).toBe(false)
    expect((await parley(target, ['restore', 'nowhere'])).notes).toContain('it has no manifest')
  })
})

describe('doctor', () => {
  const problems = ({ out }: Run): string[] => out.split('\n').filter((line) => line.startsWith('PROBLEM'))

  test('finds nothing wrong before the first start, while running, and after', async () => {
    const empty = await parley(join(folder, 'data'), ['doctor'])
    expect({ code: empty.code, problems: problems(empty) }).toEqual({ code: 0, problems: [] })
    expect(existsSync(join(folder, 'data'))).toBe(false)

    const { data, process: running, owner } = await server()
    await owner.say((await owner.group()).id, 'hello')
    const port = new URL(running.baseUrl).port
    const busy = await parley(data, ['doctor'], { PARLEY_PORT: port })
    expect({ code: busy.code, problems: problems(busy) }).toEqual({ code: 0, problems: [] })
    expect(busy.out).toContain('held by Parley itself')
    expect(busy.out).toContain('Sound: schema')

    await running.stop()
    expect((await parley(data, ['doctor'], { PARLEY_PORT: port })).out).toContain(`:${port} is free.`)
  })

  test('names a damaged database and says how to go on', async () => {
    const { data, process: running, owner } = await server()
    const room = await owner.group()
    for (let i = 0; i < 50; i++) await owner.say(room.id, 'x'.repeat(2000))
    await running.stop()
    const file = join(data, 'parley.db')
    const bytes = readFileSync(file)
    bytes.fill(0xff, 3 * 4096, bytes.length - 4096)
    writeFileSync(file, bytes)
    const run = await parley(data, ['doctor'])
    expect(run.code).toBe(1)
    expect(problems(run)).toHaveLength(1)
    expect(problems(run)[0]).toMatch(/database .* damaged.* → .*parley restore/)
    expect(run.out).toContain('There is 1 problem.')
  })

  test('names a wrong setting, a taken port and a file in place of the folder, each with what to do', async () => {
    const wrong = await parley(folder, ['doctor'], { PARLEY_PORT: 'eighty' })
    expect(wrong.code).toBe(1)
    expect(problems(wrong)[0]).toMatch(/settings .*PARLEY_PORT.* → /)

    const stranger = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await once(stranger, 'listening')
    stack.defer(() => void stranger.close())
    const { port } = stranger.address() as { port: number }
    const taken = await parley(join(folder, 'data'), ['doctor'], { PARLEY_PORT: String(port) })
    expect(taken.code).toBe(1)
    expect(problems(taken)[0]).toMatch(/port .*is taken by process \d+ .* → /)

    writeFileSync(join(folder, 'file'), '')
    const file = await parley(join(folder, 'file'), ['doctor'])
    expect(file.code).toBe(1)
    expect(problems(file)[0]).toMatch(/data folder .*is not a folder/)
  })

  test('warns, without failing, when others can read the data', async () => {
    const data = join(folder, 'open')
    mkdirSync(data)
    chmodSync(data, 0o755)
    const run = await parley(data, ['doctor'])
    expect(run.code).toBe(0)
    expect(run.out).toMatch(/WARNING {2}data folder .*mode 755.* → chmod 700/)
  })
})

describe('the rest', () => {
  test('version names Parley and Node', async () => {
    expect((await parley(folder, ['version'])).out).toMatch(/^parley \d+\.\d+\.\d+, node \d+\.\d+\.\d+\n$/)
  })

  test('a misuse ends with 2 and the way out, on standard error', async () => {
    const unknown = await parley(folder, ['bakcup'])
    expect(unknown).toMatchObject({ code: 2, out: '' })
    expect(unknown.notes).toContain("unknown command 'bakcup'")
    expect(await parley(folder, ['restore'])).toMatchObject({ code: 2, out: '' })
    expect(await parley(folder, [])).toMatchObject({ code: 2, out: '' })
    expect((await parley(folder, ['--help'])).code).toBe(0)
  })

  test('the tour of the guide runs as it is written', async () => {
    const { process: running } = await server()
    const guide = resolve(import.meta.dirname, '../../docs/guides/smoke.sh')
    const tour = await new Promise<Run>((done) => {
      const env = { PATH: process.env['PATH'], OWNER_KEY }
      execFile('bash', [guide, running.baseUrl], { env }, (error, out, notes) => {
        done({ code: error === null ? 0 : Number(error.code), out, notes })
      })
    })
    expect(tour).toMatchObject({ code: 0, notes: '' })
    expect(tour.out).toContain('"status":"done"')
    expect((await (await running.owner()).channels()).map(({ name }) => name)).not.toContain('Smoke test')
  })

  test('up runs the server until it is told to end', async () => {
    const { process: running } = await (async () => {
      const data = join(folder, 'up')
      mkdirSync(data, { mode: 0o700 })
      const launcher = join(folder, 'up.mjs')
      writeFileSync(launcher, `process.argv.push('up')\nawait import(${JSON.stringify(ENTRY)})\n`)
      const spawned = await spawnParley({ dataDirectory: data, ownerKey: OWNER_KEY, entry: launcher })
      return stack.use(spawned)
    })()
    expect((await running.owner()).token).toMatch(/^[0-9a-f]{64}$/)
    expect(await running.stop('SIGTERM')).toEqual({ code: 0, signal: null })
  })
})
