import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'

const SIZE = 512 * 1024 * 1024

/** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: the file system ends at once, with nothing flushed. */
const SHUTDOWN = `
import fcntl, os, struct, sys
folder = os.open(sys.argv[1], os.O_RDONLY)
print('armed', flush=True)
sys.stdin.readline()
fcntl.ioctl(folder, 0x8004587d, struct.pack('I', 2))
print('cut', flush=True)
`

interface Switch {
  readonly child: ChildProcess & { readonly stdin: Writable }
  readonly lines: AsyncIterator<string>
  readonly ended: Promise<unknown>
}

/**
 * An ext4 file system in a file, whose power can be cut: what was not synced is gone after {@link restart}, as with a real
 * disk, while `kill -9` alone would leave it in the page cache. Needs root, a loop device, mkfs.ext4 and python3.
 */
export class PowerCutDisk implements AsyncDisposable {
  readonly mountPoint: string
  readonly #image: string
  #switch: Switch | undefined

  private constructor(folder: string) {
    this.mountPoint = join(folder, 'disk')
    this.#image = join(folder, 'disk.img')
  }

  /** The disk, or why this machine cannot have one. */
  static async create(folder: string): Promise<PowerCutDisk | string> {
    if (process.platform !== 'linux') return `ext4 is needed, and this is ${process.platform}`
    if (process.getuid?.() !== 0) return 'mounting a disk needs root'
    const disk = new PowerCutDisk(folder)
    try {
      mkdirSync(disk.mountPoint)
      writeFileSync(disk.#image, '')
      truncateSync(disk.#image, SIZE)
      run('mkfs.ext4', '-q', '-F', disk.#image)
      run('python3', '-c', 'import fcntl')
      disk.#mount()
      // A first cut proves that this kernel has the call before a test relies on it.
      await disk.arm()
      await disk.cut()
      disk.restart()
      return disk
    } catch (error) {
      await disk[Symbol.asyncDispose]()
      return String((error as { stderr?: Buffer }).stderr || (error as Error).message).trim()
    }
  }

  /** Makes ready to cut without delay. */
  async arm(): Promise<void> {
    const child = spawn('python3', ['-c', SHUTDOWN, this.mountPoint], { stdio: ['pipe', 'pipe', 'ignore'] })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    this.#switch = { child, lines, ended: once(child, 'exit') }
    await this.#expect('armed')
  }

  async cut(): Promise<void> {
    this.#switch?.child.stdin.write('\n')
    await this.#expect('cut')
    await this.#switch?.ended
    this.#switch = undefined
  }

  /** Mounts it again, as after the power came back; the file system recovers its journal. Nothing may be open on it. */
  restart(): void {
    run('umount', this.mountPoint)
    this.#mount()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#switch?.child.kill('SIGKILL')
    await this.#switch?.ended
    try {
      run('umount', this.mountPoint)
    } catch {
      // It was not mounted.
    }
    rmSync(this.#image, { force: true })
  }

  #mount(): void {
    run('mount', '-o', 'loop', this.#image, this.mountPoint)
  }

  /** The next thing the switch says; it ends without a word when the kernel refuses the call. */
  async #expect(word: string): Promise<void> {
    const said = await this.#switch?.lines.next()
    if (said?.value !== word) throw new Error('this kernel does not let ext4 be shut down by a call')
  }
}

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 30_000 })
}
