/** Which process listens on a TCP port, from /proc: Linux only, and only processes this user may look at. */
import { readdir, readFile, readlink } from 'node:fs/promises'

export interface PortHolder {
  readonly pid: number
  /** Command line, arguments separated by spaces. */
  readonly command: string
}

/** Undefined when it cannot be told. Never touches the process. */
export async function findPortHolder(port: number): Promise<PortHolder | undefined> {
  const sockets = new Set([...(await listening('/proc/net/tcp', port)), ...(await listening('/proc/net/tcp6', port))])
  if (sockets.size === 0) return undefined
  for (const pid of await numericEntries('/proc')) {
    for (const descriptor of await numericEntries(`/proc/${pid}/fd`)) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')
      if (!sockets.has(target)) continue
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      return { pid, command: command.replaceAll('\0', ' ').trim() }
    }
  }
  return undefined
}

/** `socket:[inode]` of each listening socket on the port. Columns: slot, local, remote, state, …, inode. */
async function listening(table: string, port: number): Promise<string[]> {
  const text = await readFile(table, 'utf8').catch(() => '')
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) === true && state === '0A')
    .map((columns) => `socket:[${columns[9]}]`)
}

async function numericEntries(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => [])
  return names.map(Number).filter(Number.isInteger)
}
