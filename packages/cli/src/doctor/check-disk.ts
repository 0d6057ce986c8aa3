import { statfs } from 'node:fs/promises'
import type { Finding } from './finding.ts'

const MEGABYTE = 1_000_000
/** Below this the next upload or checkpoint may fail. */
const LEAST = 200 * MEGABYTE

/**
 * @param folder an existing folder on the disk in question
 * @param stored bytes of data a backup would copy
 */
export async function checkDisk(folder: string, stored: number): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  return judgeDisk(folder, bavail * bsize, stored)
}

/** @param free bytes this process may still write */
export function judgeDisk(folder: string, free: number, stored: number): Finding {
  const subject = 'disk'
  const text = `${megabytes(free)} free for ${folder}.`
  if (free < LEAST) {
    const advice = `free at least ${megabytes(LEAST)}: without space, messages are refused`
    return { level: 'problem', subject, text, advice }
  }
  if (free < stored + LEAST) {
    const advice = `a backup of ${megabytes(stored)} does not fit here: free space, or use "parley backup --to" another disk`
    return { level: 'warning', subject, text, advice }
  }
  return { level: 'ok', subject, text }
}

function megabytes(bytes: number): string {
  return bytes >= 1000 * MEGABYTE
    ? `${(bytes / (1000 * MEGABYTE)).toFixed(1)} GB`
    : `${Math.floor(bytes / MEGABYTE)} MB`
}
