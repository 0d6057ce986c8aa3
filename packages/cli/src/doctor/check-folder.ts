/** The data folder: does it exist, may this process write it, may strangers read it. */
import type { Stats } from 'node:fs'
import { access, constants, lstat, mkdtemp, readdir, rmdir, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { Finding } from './finding.ts'

export interface FolderReport {
  readonly findings: readonly Finding[]
  /** The nearest folder that exists: the data folder itself, or the one it would be made in. */
  readonly existing: string
  /** Bytes of all files but backups; 0 when there is no folder yet. */
  readonly bytes: number
  /** Milliseconds since the epoch of the newest change of a file; undefined when there are none. */
  readonly lastWrite: number | undefined
}

const SUBJECT = 'data folder'

export async function checkFolder(folder: string): Promise<FolderReport> {
  const found = await statOrUndefined(folder)
  if (found === undefined) return missing(folder)
  if (!found.isDirectory()) {
    const finding = problem(`${folder} is not a folder.`, 'move the file away, or set PARLEY_DATA to another folder')
    return { findings: [finding], existing: dirname(folder), bytes: 0, lastWrite: undefined }
  }
  const blocked = await whyNotWritable(folder)
  if (blocked) return { findings: [blocked], existing: folder, bytes: 0, lastWrite: undefined }
  const files = await listFiles(folder)
  const readOnly = await firstUnwritable(files.map(({ path }) => path))
  const open = openToOthers(found)
  const findings: Finding[] = []
  if (readOnly) {
    const advice = `give it to the user that runs Parley: chown -R "$(id -u)" '${folder}'`
    findings.push(problem(`${readOnly} cannot be read and written.`, advice))
  }
  if (open) {
    const text = `Other users of this machine can read ${folder} (mode ${open}).`
    findings.push({ level: 'warning', subject: SUBJECT, text, advice: `chmod 700 '${folder}'` })
  }
  if (findings.length === 0) findings.push({ level: 'ok', subject: SUBJECT, text: `${folder}, ${files.length} files.` })
  return {
    findings,
    existing: folder,
    bytes: files.reduce((sum, { stats }) => sum + stats.size, 0),
    lastWrite: files.length === 0 ? undefined : Math.max(...files.map(({ stats }) => stats.mtimeMs)),
  }
}

async function missing(folder: string): Promise<FolderReport> {
  let parent = dirname(folder)
  while ((await statOrUndefined(parent)) === undefined && parent !== dirname(parent)) parent = dirname(parent)
  const finding = (await whyNotWritable(parent)) ?? {
    level: 'ok' as const,
    subject: SUBJECT,
    text: `${folder} does not exist yet; the first start makes it.`,
  }
  return { findings: [finding], existing: parent, bytes: 0, lastWrite: undefined }
}

/** Tries for real: mode bits say nothing on a read-only mount. */
async function whyNotWritable(folder: string): Promise<Finding | undefined> {
  try {
    await rmdir(await mkdtemp(join(folder, '.parley-doctor-')))
    return undefined
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    const advice =
      code === 'EROFS'
        ? 'the disk is mounted read-only: mount it for writing, or set PARLEY_DATA to another folder'
        : `let the user that runs Parley write it: chown -R "$(id -u)" '${folder}'`
    return problem(`${folder} cannot be written (${code}).`, advice)
  }
}

/** All files but the backups, which are copies. */
async function listFiles(folder: string): Promise<{ path: string; stats: Stats }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const backups = join(folder, 'backups')
  const paths = entries
    .filter((entry) => !entry.isDirectory() && !(entry.parentPath + sep).startsWith(backups + sep))
    .map((entry) => join(entry.parentPath, entry.name))
  const files = await Promise.all(
    paths.map(async (path) => ({ path, stats: await lstat(path).catch(() => undefined) })),
  )
  // A running server may remove a file between the listing and the look at it.
  return files.filter((file): file is { path: string; stats: Stats } => file.stats !== undefined)
}

async function firstUnwritable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const failed = await access(path, constants.R_OK | constants.W_OK).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
    )
    if (failed) return path
  }
  return undefined
}

/** The mode when group or others may look in. Windows has no such bits. */
function openToOthers(stats: Stats): string | undefined {
  const mode = stats.mode & 0o777
  return process.platform !== 'win32' && (mode & 0o055) !== 0 ? mode.toString(8) : undefined
}

function problem(text: string, advice: string): Finding {
  return { level: 'problem', subject: SUBJECT, text, advice }
}

function statOrUndefined(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
}
