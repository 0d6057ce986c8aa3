/** Memory and CPU of a process and its children, read from /proc. */
import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

/** Resident memory of `pid` and everything below it, in MB (10^6 bytes). */
export function residentMegabytes(pid: number): number {
  let kilobytes = 0
  for (const member of tree(pid)) {
    const status = read(`/proc/${member}/status`)
    kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
  }
  return (kilobytes * 1024) / 1e6
}

/** CPU seconds (user and system, all threads) used so far by `pid` and everything below it. */
export function cpuSeconds(pid: number): number {
  let ticks = 0
  for (const member of tree(pid)) {
    const stat = read(`/proc/${member}/stat`)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  }
  return ticks / TICKS_PER_SECOND
}

function tree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = read(`/proc/${name}/stat`)
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const members = [root]
  for (const member of members) members.push(...(children.get(member) ?? []))
  return members
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
