import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Terminal } from '../terminal.ts'

export function addBackup(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .description('copy everything into a new folder; the server may keep running')
    .option('--to <folder>', 'new or empty folder (default: backups/<time> in the data folder)')
    .action(async ({ to }: { to?: string }) => {
      const { backupTo, loadConfig } = await import('@parley/server/maintenance')
      const { dataDirectory } = (await loadConfig(terminal)).config
      const target =
        to === undefined ? join(dataDirectory, 'backups', timestamp(new Date())) : resolve(terminal.directory, to)
      const { files } = await backupTo(dataDirectory, target)
      const bytes = files.reduce((sum, file) => sum + file.size, 0)
      terminal.out(`Backed up ${dataDirectory} to ${target}: ${files.length} files, ${bytes} bytes.`)
    })
}

/** `2026-11-20T10-45-16-123Z`: sorts by time and is a valid name on every file system. */
function timestamp(at: Date): string {
  return at.toISOString().replaceAll(/[:.]/g, '-')
}
